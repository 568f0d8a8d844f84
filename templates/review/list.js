/* A long list of which only what is near the window is in the page. Chunks that are far away keep their height. */

class LazyList {
  /** `draw(item)` makes an item's element; `height` is what one is taken for until it is drawn. */
  constructor(scroller, { draw, height, chunk }) {
    Object.assign(this, { scroller, draw, height, chunk, items: [], chunks: [], drawn: new Map() });
    this.observer = new IntersectionObserver((seen) => this.seen(seen), { root: scroller, rootMargin: "1500px 0px" });
  }

  set(items) {
    this.observer.disconnect();
    this.items = items;
    this.drawn.clear();
    this.scroller.textContent = "";
    this.scroller.scrollTop = 0;
    this.place = new Map(items.map((item, at) => [item, at]));
    this.chunks = [];
    for (let at = 0; at < items.length; at += this.chunk) {
      const element = document.createElement("div");
      element.className = "chunk";
      element.style.height = `${this.height * Math.min(this.chunk, items.length - at)}px`;
      element.dataset.chunk = this.chunks.length;
      this.chunks.push({ element, at, full: false });
    }
    this.scroller.append(...this.chunks.map((chunk) => chunk.element));
    for (const chunk of this.chunks) this.observer.observe(chunk.element);
    if (this.chunks.length) this.fill(this.chunks[0]);
  }

  seen(entries) {
    for (const entry of entries) {
      const chunk = this.chunks[entry.target.dataset.chunk];
      if (!chunk || chunk.element !== entry.target) continue;
      if (entry.isIntersecting) this.fill(chunk);
      else if (chunk.full && entry.rootBounds && entry.rootBounds.height > 0) this.drop(chunk, entry.boundingClientRect.height);
    }
  }

  fill(chunk) {
    if (chunk.full) return;
    chunk.full = true;
    const items = this.items.slice(chunk.at, chunk.at + this.chunk);
    const elements = items.map((item) => {
      const element = this.draw(item);
      this.drawn.set(item, element);
      return element;
    });
    chunk.element.replaceChildren(...elements);
    chunk.element.style.height = "";
  }

  drop(chunk, height) {
    if (!height || chunk.element.contains(document.activeElement)) return;
    chunk.full = false;
    for (const item of this.items.slice(chunk.at, chunk.at + this.chunk)) this.drawn.delete(item);
    chunk.element.style.height = `${height}px`;
    chunk.element.textContent = "";
  }

  has(item) {
    return this.place.has(item);
  }

  /** Draws an item and what is around it, and brings it into view. */
  show(item, block) {
    const at = this.place.get(item);
    if (at === undefined) return;
    const number = Math.floor(at / this.chunk);
    for (const chunk of this.chunks.slice(Math.max(0, number - 1), number + 2)) this.fill(chunk);
    const element = this.drawn.get(item);
    const [inner, outer] = [element.getBoundingClientRect(), this.scroller.getBoundingClientRect()];
    const seen = inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8;
    if (!seen || block === "start") element.scrollIntoView({ block: inner.height > outer.height - 40 ? "start" : block });
  }
}
