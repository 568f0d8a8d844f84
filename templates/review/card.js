/* Cards as Anki makes them: templates filled with a note's fields, shown in a shadow root so that their style stays
   theirs. Of Anki's filters, cloze, text, hint and type work; the readings of Japanese (furigana and the like) do not. */

/** A template with `values` in it. `hide` is {number, back}: which cloze is asked, and whether it is answered. */
function fillTemplate(template, values, hide) {
  const open = [];
  let out = "";
  let at = 0;
  const shown = () => open.every((one) => one.shown);
  for (const tag of template.matchAll(/\{\{([\s\S]*?)\}\}/g)) {
    if (shown()) out += template.slice(at, tag.index);
    at = tag.index + tag[0].length;
    const name = tag[1].trim();
    const rest = name.slice(1).trim();
    if (name[0] === "#") open.push({ shown: !isEmpty(values[rest], rest, hide) });
    else if (name[0] === "^") open.push({ shown: isEmpty(values[rest], rest, hide) });
    else if (name[0] === "/") open.pop();
    else if (name[0] !== "!" && shown()) out += filtered(name, values, hide);
  }
  return out + template.slice(at);
}

/** Whether a field counts as empty; `c2` is what the card asks, not a field. */
function isEmpty(value, name, hide) {
  if (value === undefined && hide && /^c\d+$/.test(name)) return name !== `c${hide.number}`;
  return /^(\s|<\/?(br|div)\s*\/?>)*$/i.test(value || "");
}

function filtered(name, values, hide) {
  const parts = name.split(":");
  let text = values[parts.pop().trim()] || "";
  for (const filter of parts.reverse().map((part) => part.trim())) {
    if (filter === "cloze") text = clozed(text, hide || { number: 0, back: false });
    else if (filter === "text") text = text.replace(/<[^>]*>/g, "");
    else if (filter === "hint") text = text && `<details class="hint"><summary>Hint</summary>${text}</details>`;
    else if (filter === "type") text = "";
  }
  return text;
}

/** A field's clozes: the one asked hidden or answered, the others as they are. Nothing where it is not asked. */
function clozed(text, { number, back }) {
  let asked = false;
  const out = text.replace(/\{\{c(\d+)::([\s\S]*?)\}\}/g, (_, n, inside) => {
    const [inner, hint] = inside.split("::");
    if (Number(n) !== number) return `<span class="cloze-inactive" data-ordinal="${n}">${inner}</span>`;
    asked = true;
    if (back) return `<span class="cloze" data-ordinal="${n}">${inner}</span>`;
    const quoted = inner.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
    return `<span class="cloze" data-cloze="${quoted}" data-ordinal="${n}">[${hint || "..."}]</span>`;
  });
  return asked ? out : "";
}

/** One side of a card as HTML. */
function cardHtml(deck, card, back) {
  const { face } = card;
  const type = deck.types[face.type];
  const template = type.cards[type.cloze ? 0 : card.ord];
  const values = {};
  type.fields.forEach((name, i) => { values[name] = face.fields[i] || ""; });
  const special = { Tags: face.tags || "", Type: type.name, Deck: face.deck, Card: template.name, CardFlag: "flag0" };
  special.Subdeck = face.deck.split("::").pop();
  Object.assign(values, special);
  const hide = type.cloze ? { number: card.ord + 1, back: false } : null;
  const front = fillTemplate(template.front, values, hide);
  if (!back) return front;
  values.FrontSide = front;
  return fillTemplate(template.back, values, hide && { ...hide, back: true });
}

/** The scripts of the templates are taken out before fields come in, so that no field can bring one. */
function readScripts(deck) {
  const scripts = [];
  for (const card of deck.types.flatMap((type) => type.cards)) {
    for (const side of ["front", "back"]) {
      card[side] = card[side].replace(/<script\b[^>]*>([\s\S]*?)<\/script\s*>/gi, (_, code) => {
        scripts.push(code);
        return `<script data-run="${scripts.length - 1}"><\/script>`;
      });
    }
  }
  return scripts;
}

/** The cards' style, with what asks for the size of the screen asking for that of the card. */
function cardSheet(css) {
  const sheet = new CSSStyleSheet();
  const scaled = css
    .replace(/@media\s*\((min|max)-width:/g, "@container ($1-width:")
    .replace(/(\d*\.?\d+)vh\b/g, "calc($1 * var(--vh))");
  sheet.replaceSync(`:host { display: block; container-type: inline-size; --vh: 5.5px; }
    .card { position: relative; } ::highlight(found) { background-color: #ffe082; color: #1c1e22; } ${scaled}`);
  return sheet;
}

class CardPainter {
  constructor(deck) {
    this.deck = deck;
    this.words = [];
    this.found = window.Highlight && CSS.highlights ? new Highlight() : null;
    if (this.found) CSS.highlights.set("found", this.found);
    this.scripts = readScripts(deck);
    this.sheet = cardSheet(deck.css);
    this.nonce = document.currentScript.nonce;
    this.night = matchMedia("(prefers-color-scheme: dark)");
  }

  /** Puts a side of a card into a host element. */
  paint(host, card, back) {
    const root = host.shadowRoot || host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [this.sheet];
    const night = this.night.matches ? " nightMode night_mode" : "";
    root.innerHTML = `<div class="card card${card.ord + 1}${night}"><div id="qa">${this.withPictures(cardHtml(this.deck, card, back))}</div></div>`;
    for (const script of root.querySelectorAll("script[data-run]")) this.run(script, root);
    if (this.found && this.words.length) this.mark(root);
  }

  /** Pictures by what they hold: the page loads no file. */
  withPictures(html) {
    const pictures = this.deck.pictures || {};
    return html.replace(/<img src="(amgi-[0-9a-f]+\.\w+)"/g, (tag, name) => (pictures[name] ? `<img src="${pictures[name]}"` : tag));
  }

  /** What was searched for, marked on the cards painted from now on. */
  search(words) {
    this.words = words;
    if (this.found) this.found.clear();
  }

  mark(root) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const folded = text.data.toLowerCase();
      for (const word of folded.length === text.data.length ? this.words : []) {
        for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(text, at);
          range.setEnd(text, at + word.length);
          this.found.add(range);
        }
      }
    }
  }

  /** Runs a template's script with the card as its document. */
  run(script, root) {
    const code = document.createElement("script");
    code.nonce = this.nonce;
    code.textContent = `(function (document) {${this.scripts[script.dataset.run]}\n})(window.amgiCard);`;
    window.amgiCard = root;
    document.head.append(code);
    code.remove();
  }
}
