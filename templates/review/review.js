/* The page: cards, filters and keys. */

const page = {};
for (const element of document.querySelectorAll("[id]")) page[element.id] = element;

const deck = readDeck(page.data.textContent);
const painter = new CardPainter(deck);
const filter = { words: [], kind: "", section: "", rule: "", lint: "", changed: false, at: null };
const flipped = new Set();
let backs = false;
let chosen = null;
/** The output folder as the user may name it: the page's own. */
const folder = decodeURI(location.pathname).split("/").slice(-2, -1)[0];

const stream = new LazyList(page.stream, { draw: drawCard, height: 330, chunk: 6 });
const notes = new NotesPane(deck, { pickedLine: pickLine, pickedSection: pickSection });

function isBack(card) {
  return backs !== flipped.has(card);
}

function drawCard(card) {
  const out = el("article", "item");
  out.tabIndex = -1;
  const frame = el("div", "frame");
  frame.lang = page.title.lang;
  if (card.face) painter.paint(frame, card, isBack(card));
  else frame.append(el("p", "empty", "No card: there is nothing to ask, or nothing to answer."));
  out.append(frame, drawMeta(card));
  out.classList.toggle("chosen", card === chosen);
  out.classList.toggle("back", isBack(card));
  out.onclick = (event) => clickCard(event, card);
  return out;
}

/** What stands beside a card. */
function drawMeta(card) {
  const { entry } = card;
  const out = el("div", "meta");
  const [kind, which] = cardName(deck, card);
  const name = el("p", "kind", kind);
  if (which) name.append(el("span", "", which));
  out.append(name);
  const lines = ranges(entry.lines);
  if (lines) {
    const button = el("button", "where", `${entry.lines.length > 1 ? "lines" : "line"} ${lines}`);
    button.type = "button";
    button.title = "Show them in the note";
    button.onclick = () => { choose(card); showPane("notes"); notes.light(entry, true); };
    out.append(deck.hasLines ? button : el("p", "where", button.textContent));
  }
  for (const code of new Set(entry.lints.map(([name]) => name))) {
    const lint = el("p", "lint", code.replace(/-/g, " "));
    lint.title = deck.lints[code];
    out.append(lint);
  }
  if (entry.upstream !== undefined) out.append(el("p", "tell", "edited by you; the note says otherwise"));
  else if (entry.changed) out.append(el("p", "tell", "changed last"));
  if (card === chosen) out.append(drawPlace(entry));
  const flip = el("button", "flip", isBack(card) ? "Question" : "Answer");
  flip.type = "button";
  flip.onclick = (event) => { event.stopPropagation(); choose(card); turn(card); };
  if (card.face) out.append(flip);
  return out;
}

/** Where the chosen card's entry stands, and what is said of it. */
function drawPlace(entry) {
  const out = el("dl", "place");
  const add = (name, value) => out.append(el("dt", "", name), value);
  const { file, note } = deck.notes[entry.note];
  const yaml = el("dd", "yaml", `${folder ? `${folder}/` : ""}${file}:${entry.at}`);
  add("cards", yaml);
  add("id", el("dd", "", entry.id));
  add("rule", el("dd", "", entry.rule || "by hand"));
  if (entry.lines.length) add("note", el("dd", "", `${note}:${ranges(entry.lines).replace(/–/g, "-")}`));
  if (entry.section.length) add("section", el("dd", "words", entry.section.join(" › ")));
  for (const [code, message] of entry.lints) add("lint", el("dd", "words", `${message}: ${deck.lints[code]}`));
  if (entry.upstream !== undefined) add("note says", el("dd", "words", entry.upstream));
  return out;
}

function clickCard(event, card) {
  const link = event.composedPath().find((one) => one.nodeName === "A" && one.href);
  if (link) {
    event.preventDefault();
    if (/^(https?|mailto):/.test(link.href)) open(link.href, "_blank", "noopener");
  }
  if (event.target.closest(".meta button") || String(getSelection())) return;
  choose(card);
  notes.light(card.entry, true);
}

/** Makes a card the chosen one. */
function choose(card) {
  const before = chosen;
  chosen = card;
  for (const one of [before, card]) if (one) redraw(one);
  if (before !== card) notes.light(card && card.entry, false);
}

/** Draws anew what stands beside a card. */
function redraw(card) {
  const element = stream.drawn.get(card);
  if (!element) return;
  element.classList.toggle("chosen", card === chosen);
  element.classList.toggle("back", isBack(card));
  element.querySelector(".meta").replaceWith(drawMeta(card));
}

function turn(card) {
  if (!flipped.delete(card)) flipped.add(card);
  const element = stream.drawn.get(card);
  if (!element || !card.face) return;
  painter.paint(element.querySelector(".frame"), card, isBack(card));
  redraw(card);
}

function move(by) {
  if (!stream.items.length) return;
  const at = stream.place.get(chosen);
  const next = at === undefined ? 0 : Math.min(Math.max(at + by, 0), stream.items.length - 1);
  choose(stream.items[next]);
  showPane("cards");
  stream.show(chosen, "center");
  notes.light(chosen.entry, true);
}

/** A line was picked: its cards alone. */
function pickLine(row, entries) {
  filter.at = { row, entries };
  showPane("cards");
  apply();
  if (stream.items.length) choose(stream.items[0]);
}

function pickSection(key) {
  filter.section = filter.section === key ? "" : key;
  page.section.value = filter.section;
  apply();
}

/** Shows the cards that pass the filters. */
function apply() {
  stream.set(deck.cards.filter((card) => passes(deck, card.entry, filter)));
  const [some, all] = [stream.items.length, deck.cards.length].map((n) => n.toLocaleString("en"));
  page.count.textContent = some === all ? `${all} cards` : `${some} of ${all} cards`;
  document.querySelector("[data-pane=cards] span").textContent = some;
  page.none.hidden = stream.items.length > 0;
  page.stream.hidden = !page.none.hidden;
  if (!page.none.hidden) page.none.replaceChildren(...drawNone());
  const set = filter.words.length || filter.kind || filter.section || filter.rule || filter.lint || filter.changed;
  page.clear.hidden = !(set || filter.at);
  page.line.hidden = !filter.at;
  page.line.textContent = filter.at ? `line ${filter.at.row.line} ×` : "";
  drawKinds();
  for (const name of ["section", "rule", "lint"]) page[name].classList.toggle("on", Boolean(filter[name]));
  page.changed.setAttribute("aria-pressed", String(filter.changed));
  if (chosen && stream.has(chosen)) stream.show(chosen, "center");
}

function drawNone() {
  const { at } = filter;
  if (!at || at.entries.length) return [el("p", "", "No card passes all the filters.")];
  const why = at.row.fate === "l" ? `left out: ${at.row.why}` : FATES[at.row.fate];
  const out = [el("p", "", `No card is made of line ${at.row.line} (${why}).`)];
  if (at.row.fate === "n") out.push(el("p", "", "Write it as `term : answer`, or add a rule of your own: `amgi init` has an example."));
  return out;
}

function drawKinds() {
  const counts = tally(deck, (entry) => [entry.kind]);
  const order = ["definition", "points", "cue", "expansion", "comparison", "cloze"];
  counts.sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  const chip = (kind, name, count) => {
    const button = el("button", "chip", `${name} `);
    button.type = "button";
    button.append(el("b", "", count.toLocaleString("en")));
    button.setAttribute("aria-pressed", String(filter.kind === kind));
    button.onclick = () => { filter.kind = filter.kind === kind ? "" : kind; apply(); };
    return button;
  };
  page.kinds.replaceChildren(chip("", "All", deck.cards.length), ...counts.map(([kind, count]) => chip(kind, kind, count)));
}

/** Fills a choice of filters; one that has nothing to choose from is not shown. */
function fillSelect(name, label, options) {
  const select = page[name];
  select.replaceChildren(new Option(label, ""), ...options.map(([text, value]) => new Option(text, value)));
  select.hidden = options.length === 0;
  select.onchange = () => { filter[name] = select.value; apply(); };
}

function fillFilters() {
  const indent = (depth) => "\u2003".repeat(depth);
  fillSelect("section", "Section", sections(deck).map((s) => [`${indent(s.depth)}${s.name} (${s.cards})`, s.key]));
  fillSelect("rule", "Rule", tally(deck, (e) => [e.rule || "by hand"]).map(([r, n]) => [`${r} (${n})`, r]));
  const lints = tally(deck, (entry) => entry.lints.map(([code]) => code));
  const any = lints.length ? [["Any lint", "*"]] : [];
  fillSelect("lint", "Lint", [...any, ...lints.map(([code, n]) => [`${code} (${n})`, code])]);
  const changed = deck.cards.filter(({ entry }) => entry.changed || entry.upstream !== undefined).length;
  page.changed.hidden = changed === 0;
  page.changed.replaceChildren("Changed ", el("b", "", changed));
  page.changed.onclick = () => { filter.changed = !filter.changed; apply(); };
  page.line.onclick = () => { filter.at = null; notes.mark(null); apply(); };
  page.clear.onclick = clear;
  page.backs.onclick = () => {
    backs = !backs;
    flipped.clear();
    page.backs.setAttribute("aria-pressed", String(backs));
    repaint();
  };
  page.search.oninput = search;
}

function search() {
  filter.words = fold(page.search.value).split(" ").filter(Boolean);
  painter.search(filter.words);
  apply();
  notes.filter(filter.words);
}

function clear() {
  const searched = filter.words.length > 0;
  Object.assign(filter, { words: [], kind: "", section: "", rule: "", lint: "", changed: false, at: null });
  for (const name of ["search", "section", "rule", "lint"]) page[name].value = "";
  painter.search([]);
  notes.mark(null);
  if (notes.fate) notes.choose("");
  if (searched) notes.filter([]);
  apply();
}

/** Draws the cards in the page anew: the other side, or by night. */
function repaint() {
  for (const [card, element] of stream.drawn) {
    if (card.face) painter.paint(element.querySelector(".frame"), card, isBack(card));
    redraw(card);
  }
}

/** On a narrow screen, the one pane that is shown. */
function showPane(name) {
  page.panes.dataset.pane = name;
  for (const tab of page.tabs.children) tab.setAttribute("aria-selected", String(tab.dataset.pane === name));
  const wide = page.notes.offsetParent && page.cards.offsetParent;
  if (wide) return;
  if (name === "notes" && chosen) notes.light(chosen.entry, true);
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.nodeName);
  if (event.key === "Escape") {
    if (!page.clear.hidden || notes.fate) clear();
    else choose(null);
    event.target.blur();
  } else if (typing) {
    if (event.key !== "Enter" || event.target !== page.search) return;
    page.search.blur();
    move(0);
  } else if (event.code === "KeyJ" || event.key === "j") move(1);
  else if (event.code === "KeyK" || event.key === "k") move(-1);
  else if (event.key === " " && event.target.nodeName !== "BUTTON" && event.target.nodeName !== "SUMMARY") {
    if (chosen) turn(chosen);
    else move(1);
  } else if (event.code === "Slash" || event.key === "/") page.search.select();
  else return;
  event.preventDefault();
}

for (const tab of page.tabs.children) tab.onclick = () => showPane(tab.dataset.pane);
document.querySelector("[data-pane=notes] span").textContent = notes.count.toLocaleString("en");
addEventListener("keydown", keyed);
painter.night.addEventListener("change", repaint);
const onCards = notes.totals.a + notes.totals.t;
const share = notes.count ? ` · ${Math.floor((100 * onCards) / notes.count)} % of lines on cards` : "";
page.sums.textContent = `${deck.entries.length.toLocaleString("en")} entries${share}`;
page.panes.classList.toggle("alone", !deck.hasLines);
fillFilters();
apply();
showPane("cards");
