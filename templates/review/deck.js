/* The deck and its notes as the page's JSON has them (src/export/review/data.rs), with what is looked up in them. */

const FATES = { a: "answer", t: "term", c: "context", l: "left out", n: "nothing recognised" };
const PART = "\u001f";

/** Reads the JSON and links entries, cards and lines. */
function readDeck(json) {
  const deck = JSON.parse(json);
  deck.cards = [];
  const last = deck.types.map(() => []);
  deck.entries.forEach((entry) => {
    entry.key = [entry.note, ...entry.section].join(PART);
    entry.lints = entry.lints || [];
    entry.shown = [...entry.lines];
    entry.faces = entry.faces || [];
    for (const face of entry.faces) face.fields = face.fields.map((field, i) => {
      const before = last[face.type];
      if (field !== null) before[i] = field;
      return before[i];
    });
    const cards = entry.faces.flatMap((face) => face.cards.map((ord) => ({ entry, face, ord })));
    entry.cards = (cards.length ? cards : [{ entry, face: null, ord: -1 }]).map((card) => deck.cards.push(card) - 1);
  });
  deck.hasLines = deck.notes.some((note) => note.lines);
  deck.notes.forEach((note) => { note.byLine = new Map(); });
  for (const entry of deck.entries) {
    for (const line of entry.lines) link(deck.notes[entry.note], line, entry);
  }
  for (const note of deck.notes) readLines(note);
  return deck;
}

function link(note, line, entry) {
  const there = note.byLine.get(line);
  if (!there) note.byLine.set(line, [entry]);
  else if (!there.includes(entry)) there.push(entry);
}

/** Terms belong to the entries whose answer begins where theirs does; headings count the lines under them. */
function readLines(note) {
  for (const [term, answer] of note.terms || []) {
    for (const entry of note.byLine.get(answer) || []) {
      if (entry.lines[0] !== answer) continue;
      link(note, term, entry);
      if (!entry.shown.includes(term)) entry.shown.push(term);
    }
  }
  note.headingAt = new Map();
  if (!note.lines) return;
  const sums = { a: [0], t: [0], c: [0], l: [0], n: [0] };
  for (const [, fate] of note.lines) {
    for (const f in sums) sums[f].push(sums[f][sums[f].length - 1] + (f === fate ? 1 : 0));
  }
  note.count = (from, to) => Object.fromEntries(Object.keys(sums).map((f) => [f, sums[f][to] - sums[f][from]]));
  note.total = note.count(0, note.lines.length);
  const open = [];
  const close = (heading, end) => { heading.share = note.count(heading.line - 1, end); };
  for (const [line, depth, section] of note.headings || []) {
    const heading = { line, depth, section };
    while (open.length && open[open.length - 1].depth >= depth) close(open.pop(), line - 1);
    open.push(heading);
    note.headingAt.set(line, heading);
  }
  while (open.length) close(open.pop(), note.lines.length);
}

/** What a card is called beside it: its kind, and which of its entry's cards it is. */
function cardName(deck, card) {
  const kind = card.entry.kind;
  const name = kind[0].toUpperCase() + kind.slice(1);
  const { face } = card;
  if (face && face.suffix) return [name, face.suffix === "-choice" ? "multiple choice" : "whole table"];
  if (!face || face.cards.length === 1) return [name, ""];
  const type = deck.types[face.type];
  const nth = face.cards.indexOf(card.ord) + 1;
  if (type.cloze) return [name, `${type.cards[0].name.toLowerCase()} ${nth} of ${face.cards.length}`];
  return [name, card.ord > 0 ? "reverse" : ""];
}

/** Lines as `24-26, 28`. */
function ranges(lines) {
  const out = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = out[out.length - 1];
    if (last && last[1] === line - 1) last[1] = line;
    else out.push([line, line]);
  }
  return out.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

const NOT_SEARCHED = /^(Kind|Section|Note|Ask|Reverse|ReverseSection|Look|More|Initials|Extra\d)$/;
const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', "#123": "{", "#125": "}", "#58": ":", "#91": "[", "#39": "'" };

/** What a search looks at in an entry; made when first needed. */
function searched(deck, entry) {
  if (entry.text === undefined) {
    const face = entry.faces[0];
    const names = face ? deck.types[face.type].fields : [];
    const fields = face ? face.fields.filter((_, i) => !NOT_SEARCHED.test(names[i])) : [];
    const text = fields.join(" \n").replace(/<[^>]*>/g, " ").replace(/\{\{c\d+::|\}\}/g, "");
    const plain = text.replace(/&([a-z]+|#\d+);/g, (whole, name) => ENTITIES[name] || whole);
    entry.text = fold(`${entry.label} \n${plain} \n${entry.id}`);
  }
  return entry.text;
}

function fold(text) {
  return text.normalize("NFC").toLowerCase().replace(/\s+/g, " ");
}

/** Whether an entry passes the filters that are set. */
function passes(deck, entry, filter) {
  return (!filter.kind || entry.kind === filter.kind)
    && (!filter.section || entry.key === filter.section || entry.key.startsWith(filter.section + PART))
    && (!filter.rule || (entry.rule || "by hand") === filter.rule)
    && (!filter.lint || entry.lints.some(([code]) => filter.lint === "*" || code === filter.lint))
    && (!filter.changed || entry.changed || entry.upstream !== undefined)
    && (!filter.at || filter.at.entries.includes(entry))
    && filter.words.every((word) => searched(deck, entry).includes(word));
}

/** The deck's sections in their order, with how many cards are below each. */
function sections(deck) {
  const tree = new Map();
  const several = deck.notes.length > 1;
  for (const entry of deck.entries) {
    const path = [...(several ? [deck.notes[entry.note].title] : []), ...entry.section];
    let level = tree;
    path.forEach((name, depth) => {
      const key = [entry.note, ...entry.section.slice(0, depth + (several ? 0 : 1))].join(PART);
      if (!level.has(key)) level.set(key, { key, name, depth, cards: 0, below: new Map() });
      level.get(key).cards += entry.cards.length;
      level = level.get(key).below;
    });
  }
  const out = [];
  const walk = (level) => level.forEach((section) => { out.push(section); walk(section.below); });
  walk(tree);
  return out;
}

/** How many cards have each of the values that `of` gives an entry, the most frequent first. */
function tally(deck, of) {
  const counts = new Map();
  for (const entry of deck.entries) {
    for (const value of new Set(of(entry))) counts.set(value, (counts.get(value) || 0) + entry.cards.length);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
