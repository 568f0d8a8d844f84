/* The notes' pane: every line with what became of it, and a bar for each section. */

class NotesPane {
  /** `picked` is called with what somebody picks: a row and its entries, or the key of a section. */
  constructor(deck, { pickedLine, pickedSection }) {
    Object.assign(this, { deck, pickedLine, pickedSection, fate: "", words: [], lit: new Set(), at: null });
    this.box = document.getElementById("lines");
    this.list = new LazyList(this.box, { draw: (row) => this.draw(row), height: 27, chunk: 60 });
    this.rows = deck.notes.flatMap((note) => rowsOf(note, deck.notes.length > 1));
    this.byLine = new Map(this.rows.filter((row) => row.line).map((row) => [`${row.note.note}:${row.line}`, row]));
    this.box.addEventListener("click", (event) => this.clicked(event));
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.clicked(event);
    });
    this.totals = sumUp(deck.notes);
    this.count = Object.values(this.totals).reduce((a, b) => a + b, 0);
    this.drawFates();
    this.filter(this.words);
  }

  drawFates() {
    const chips = document.getElementById("fates");
    const share = document.getElementById("share");
    const totals = this.totals;
    fillShare(share, totals);
    const chip = (fate, name, count) => {
      const button = el("button", `chip fate f-${fate || "all"}`);
      button.type = "button";
      if (fate) button.append(el("i", "swatch"));
      button.append(name, " ", el("b", "", count.toLocaleString("en")));
      button.setAttribute("aria-pressed", String(this.fate === fate));
      button.onclick = () => this.choose(this.fate === fate ? "" : fate);
      button.dataset.fate = fate;
      return button;
    };
    const some = Object.keys(FATES).filter((fate) => totals[fate] > 0);
    chips.replaceChildren(chip("", "All", this.count), ...some.map((fate) => chip(fate, FATES[fate], totals[fate])));
  }

  choose(fate) {
    this.fate = fate;
    for (const chip of document.getElementById("fates").children) {
      chip.setAttribute("aria-pressed", String(chip.dataset.fate === fate));
    }
    this.filter(this.words);
  }

  /** Shows the lines of the fate chosen that have all the words. */
  filter(words) {
    this.words = words;
    const match = (row) => row.line
      ? (!this.fate || row.fate === this.fate) && words.every((word) => fold(row.text).includes(word))
      : !this.fate && !words.length;
    const all = !this.fate && !words.length;
    this.narrowed = !all;
    this.box.classList.toggle("narrowed", this.narrowed);
    this.list.set(all ? this.rows : this.rows.filter(match));
    const empty = document.getElementById("no-lines");
    empty.hidden = this.list.items.length > 0;
    this.box.hidden = !empty.hidden;
    empty.textContent = this.deck.hasLines
      ? "No line of the notes has all of this."
      : "The lines of the notes are shown in the page that `amgi build` makes: this one was made from the cards alone.";
  }

  draw(row) {
    if (!row.line) return el("h2", "note", row.note.title === row.note.note ? row.note.note : `${row.note.title} · ${row.note.note}`);
    const out = el("div", `line f-${row.fate}${row.first || this.narrowed ? " first" : ""}${row.gap ? " gap" : ""}`);
    out.tabIndex = 0;
    out.setAttribute("role", "button");
    const heading = row.note.headingAt.get(row.line);
    if (heading) out.classList.add("heading", `d${Math.min(heading.depth, 3)}`);
    const label = el("span", "fate", FATES[row.fate]);
    label.dataset.short = { a: "A", t: "T", c: "C", l: "–", n: "?" }[row.fate];
    if (row.fate === "n") label.textContent = "nothing";
    label.title = row.why ? `${FATES[row.fate]}: ${row.why}` : FATES[row.fate];
    out.append(el("span", "number", row.line), label, el("span", "stripe"), this.text(row, heading));
    if (this.lit.has(row)) out.classList.add("lit");
    if (this.at === row) out.classList.add("at");
    return out;
  }

  text(row, heading) {
    const [, space, mark, rest] = row.text.match(/^(\s*)((?:#{1,6}|[-*+•·▪◦‣]|\d{1,3}[.)])(?=\s))?(.*)$/s);
    const text = el("span", "text");
    const indent = [...space].reduce((sum, c) => sum + (c === "\t" ? 4 : 1), 0);
    text.style.paddingLeft = `${Math.min(indent, 24) * 0.55}em`;
    if (mark) text.append(el("span", "mark", mark));
    markWords(text, rest, this.words);
    if (row.why && "ln".includes(row.fate)) text.append(el("span", "why", row.why));
    else if (this.bare(row)) text.append(el("span", "why", "no card: dropped, or changed by hand"));
    if (!heading || !heading.share) return text;
    const bar = el("button", "share");
    bar.type = "button";
    fillShare(bar, heading.share);
    bar.title += " — show the cards of this section";
    bar.onclick = (event) => {
      event.stopPropagation();
      this.pickedSection([this.deck.notes.indexOf(row.note), ...heading.section].join(PART));
    };
    text.append(bar);
    return text;
  }

  /** Whether a line is told to be on a card, and is on none any more. */
  bare(row) {
    return "at".includes(row.fate) && !row.note.byLine.has(row.line);
  }

  clicked(event) {
    const element = event.target.closest(".line");
    if (!element || event.target.closest("button") || String(getSelection())) return;
    const row = [...this.list.drawn].find(([, drawn]) => drawn === element)[0];
    this.mark(row);
    this.pickedLine(row, row.note.byLine.get(row.line) || []);
  }

  /** Marks the line that was picked. */
  mark(row) {
    const old = this.at && this.list.drawn.get(this.at);
    if (old) old.classList.remove("at");
    this.at = row;
    const now = row && this.list.drawn.get(row);
    if (now) now.classList.add("at");
  }

  /** Lights up an entry's lines and, with `scroll`, brings the first of them into view. */
  light(entry, scroll) {
    for (const row of this.lit) {
      const old = this.list.drawn.get(row);
      if (old) old.classList.remove("lit");
    }
    const path = entry && this.deck.notes[entry.note].note;
    const rows = entry ? entry.shown.map((line) => this.byLine.get(`${path}:${line}`)).filter(Boolean) : [];
    rows.sort((a, b) => a.line - b.line);
    this.lit = new Set(rows);
    if (scroll && rows.length) {
      if (!this.list.has(rows[0])) {
        this.fate = "";
        this.drawFates();
        this.filter([]);
      }
      this.list.show(rows[rows.length > 1 && rows[1].line - rows[0].line > 25 ? 1 : 0], "center");
    }
    for (const row of rows) {
      const now = this.list.drawn.get(row);
      if (now) now.classList.add("lit");
    }
  }
}

/** A note's lines that are not blank, under its name where there are several notes. */
function rowsOf(note, several) {
  const rows = several && note.lines ? [{ note }] : [];
  let [before, gap] = ["", false];
  (note.lines || []).forEach(([text, fate, why], at) => {
    if (!fate) {
      gap = rows.length > 0;
      return;
    }
    const run = `${fate}${PART}${why || ""}`;
    rows.push({ note, line: at + 1, text, fate, why, gap, first: run !== before || gap });
    [before, gap] = [run, false];
  });
  return rows;
}

/** All notes' lines by fate. */
function sumUp(notes) {
  const out = { a: 0, t: 0, c: 0, l: 0, n: 0 };
  for (const note of notes) for (const fate in out) out[fate] += note.total ? note.total[fate] : 0;
  return out;
}

/** A bar of the shares of lines. */
function fillShare(bar, counts) {
  const some = Object.keys(FATES).filter((fate) => counts[fate] > 0);
  bar.title = some.map((fate) => `${counts[fate]} ${FATES[fate]}`).join(" · ");
  bar.replaceChildren(...some.map((fate) => {
    const part = el("i", `f-${fate}`);
    part.style.flexGrow = counts[fate];
    return part;
  }));
}

/** Text with the words that were searched for marked, where folding leaves places as they are. */
function markWords(out, text, words) {
  const folded = text.toLowerCase();
  if (folded.length !== text.length) return out.append(text);
  let at = 0;
  while (at < text.length) {
    const found = words.map((word) => [folded.indexOf(word, at), word]).filter(([place]) => place >= 0);
    if (!found.length) break;
    const [place, word] = found.reduce((a, b) => (b[0] < a[0] ? b : a));
    out.append(text.slice(at, place), el("mark", "", text.slice(place, place + word.length)));
    at = place + word.length;
  }
  out.append(text.slice(at));
}

function el(tag, className, text) {
  const out = document.createElement(tag);
  if (className) out.className = className;
  if (text !== undefined) out.textContent = text;
  return out;
}
