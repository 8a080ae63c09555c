// A frame narrower than so many pixels is not drawn, and of very many the widest are.
const LEAST_WIDTH = 2, MOST_FRAMES = 3000, MOST_ROWS = 120, ROW = 22;

const percent = part => (100 * part).toFixed(part > 0 && part < 0.00095 ? 2 : 1) + " %";
const seconds = time => time >= 0.0995 ? time.toFixed(2) + " s" : (time * 1000).toFixed(1) + " ms";
const made = (tag, properties, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

class Flame {
  constructor(box) {
    const data = JSON.parse(box.querySelector(".data").textContent);
    data.kinds = [...data.kinds, IMPORTS].map(Number);
    Object.assign(this, {box, data, zoomed: 0, query: "", elements: new Map(), parents: parentsOf(data)});
    this.frames = Int32Array.of(-1, ...data.of);
    this.graph = box.querySelector(".graph");
    this.told = box.querySelector(".told");
    this.found = box.querySelector(".found");
    this.search = box.querySelector(".search");
    this.listen();
    this.offerFilters();
    this.rebuild();
  }

  // MARK: What is shown

  rebuild() {
    const chosen = [...this.box.querySelectorAll(".filter")].map(each => [each.name, each.value]);
    const has = (owner, name) => name === "process" ? this.process(owner) : String(owner[name] ?? "");
    const isMeant = owner => chosen.every(([name, value]) => value === "*" || has(owner, name) === value);
    const self = selfOf(this.data, isMeant);
    this.whole = new Tree(this.parents, this.frames, self);
    const isOn = name => this.box.querySelector(`[name=${name}]`)?.checked ?? false;
    const fold = folded(this.whole, this.data, isOn("imports"), isOn("libraries"));
    Object.assign(this, isOn("imports") || isOn("libraries") ? fold : {tree: this.whole, part: null});
    this.zoomed = 0;
    this.find(this.query);
  }

  process(owner) { return this.data.threads[owner.thread]?.[1] ?? ""; }

  find(query) {
    this.query = query.trim().toLowerCase();
    const {names, places} = this.data;
    const isMeant = names.map((name, frame) => `${name} ${places[frame]}`.toLowerCase().includes(this.query));
    const {all, outermost} = this.query ? this.whole.matching(frame => isMeant[frame]) : {all: [], outermost: []};
    this.matches = new Set(this.part ? all.map(node => this.part[node]) : all);
    const share = this.whole.sum(outermost) / (this.whole.total[0] || 1);
    const frames = all.length === 1 ? "1 frame" : `${all.length.toLocaleString("en")} frames`;
    this.found.textContent = !this.query ? "" : all.length ? `${percent(share)} of the time, in ${frames}` : "nothing matches";
    this.draw();
  }

  zoom(node, focus = true) {
    this.zoomed = node;
    this.draw();
    if (focus) this.focus(node);
  }

  // MARK: Drawing

  // Frames side by side beneath their caller: node, row, and where each begins and ends, as parts of the width.
  placed() {
    const {tree, zoomed} = this, whole = tree.total[zoomed] || 1;
    let least = LEAST_WIDTH / (this.graph.clientWidth || 1000);
    for (;; least *= 1.5) {
      const placed = [], waiting = [[zoomed, 0, 0]];
      while (waiting.length && placed.length <= MOST_FRAMES) {
        const [node, row, left] = waiting.pop();
        placed.push({node, row, left, width: tree.total[node] / whole});
        if (row + 1 >= MOST_ROWS) continue;
        let at = left;
        for (const child of tree.children(node)) {
          const width = tree.total[child] / whole;
          if (width < least) break;
          waiting.push([child, row + 1, at]);
          at += width;
        }
      }
      if (placed.length <= MOST_FRAMES) return placed;
    }
  }

  draw() {
    const room = this.graph.clientWidth || 1000;
    this.shown = this.placed();
    this.elements.clear();
    const frames = this.shown.map(({node, row, left, width}) => {
      const frame = this.tree.frames[node], name = this.name(frame), isMatch = this.matches.has(node);
      const element = made("button", {type: "button", tabIndex: node === this.zoomed ? 0 : -1});
      element.className = `frame ${this.tone(frame, node)}${isMatch ? " match" : this.query ? " other" : ""}`;
      element.style.cssText = `left:${100 * left}%;width:${100 * width}%;top:${row * ROW}px`;
      element.dataset.node = node;
      if (width * room > 18) element.textContent = this.sign(node) + name;
      else element.setAttribute("aria-label", name);
      this.elements.set(node, element);
      return element;
    });
    this.graph.style.height = (1 + Math.max(...this.shown.map(each => each.row))) * ROW + "px";
    this.graph.replaceChildren(...frames);
    this.drawPath();
  }

  // The way back, in one row, whatever the depth.
  drawPath() {
    const path = this.zoomed ? this.tree.path(this.zoomed) : [];
    const shown = path.length > 5 ? [path[0], -1, ...path.slice(-3)] : path;
    this.box.querySelector(".path").replaceChildren(...shown.map(node => node < 0 ? made("span", {}, "… ›") :
      made("button", {type: "button", onclick: () => this.zoom(node)}, this.name(this.tree.frames[node]) + " ›")));
    this.box.querySelector(".reset").hidden = !this.zoomed && !this.query;
  }

  name(frame) { return frame < 0 ? "all" : this.data.names[frame] ?? "imports"; }

  tone(frame, node) {
    if (frame < 0) return "root";
    return this.data.verdicts ? ["same", "more", "less"][this.data.verdicts[node]] : "k" + this.data.kinds[frame];
  }

  // More and less are told apart without colour, too.
  sign(node) { return ["", "▲ ", "▼ "][this.data.verdicts?.[node] ?? 0]; }

  describe(node) {
    const {tree, data} = this, frame = tree.frames[node], all = tree.total[0] || 1;
    const place = data.places[frame] ? " · " + data.places[frame] : "";
    if (data.notes) return `${this.name(frame)}${place} · ${data.notes[node]}`;
    const time = data.seconds > 0 ? `, ${seconds(tree.total[node] * data.seconds)}` : "";
    const share = percent(tree.total[node] / all) + time;
    return `${this.name(frame)}${place} · ${share}` + (tree.self[node] > 0 ? `; itself ${percent(tree.self[node] / all)}` : "");
  }

  // MARK: Choosing

  focus(node) {
    const element = this.elements.get(node);
    if (!element) return;
    this.graph.querySelector("[tabindex='0']")?.setAttribute("tabindex", -1);
    element.tabIndex = 0;
    element.focus();
  }

  // The frame that an arrow key leads to.
  next(node, key) {
    const {tree, shown} = this;
    if (key === "ArrowUp") return node === this.zoomed ? null : tree.parents[node];
    if (key === "ArrowDown") return tree.children(node).find(child => this.elements.has(child)) ?? null;
    const {row} = shown.find(each => each.node === node);
    const beside = shown.filter(each => each.row === row).sort((a, b) => a.left - b.left).map(each => each.node);
    return beside[beside.indexOf(node) + (key === "ArrowLeft" ? -1 : 1)] ?? null;
  }

  reset() {
    this.search.value = this.query = "";
    this.zoomed = 0;
    this.find("");
  }

  press(event) {
    if (event.key === "Escape") {
      this.reset();
      if (event.target !== this.search) this.focus(0);
      return;
    }
    const node = event.target.dataset?.node;
    if (node === undefined || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const at = Number(node), next = this.next(at, event.key);
    if (next !== null) this.focus(next);
    else if (event.key === "ArrowUp" && at > 0) this.zoom(this.tree.parents[at]);
  }

  listen() {
    const nodeOf = event => event.target.closest(".frame")?.dataset.node;
    const tell = event => {
      const node = nodeOf(event);
      if (node === undefined) return;
      this.told.textContent = event.target.title = this.describe(Number(node));
    };
    this.graph.addEventListener("click", event => { if (nodeOf(event) !== undefined) this.zoom(Number(nodeOf(event))); });
    this.graph.addEventListener("mouseover", tell);
    this.graph.addEventListener("focusin", tell);
    this.box.addEventListener("keydown", event => this.press(event));
    this.search.addEventListener("input", () => this.find(this.search.value));
    this.box.querySelector(".reset").addEventListener("click", () => this.reset());
    this.box.querySelector(".controls").addEventListener("change", event => {
      if (event.target !== this.search) this.rebuild();
    });
    new ResizeObserver(() => {
      if (this.width !== undefined && this.width !== this.graph.clientWidth) this.draw();
      this.width = this.graph.clientWidth;
    }).observe(this.graph);
  }

  // Threads, tasks and processes, where there are several.
  offerFilters() {
    const {owners, threads} = this.data;
    const offer = (name, label, choices) => {
      if (choices.length < 2) return;
      const options = [["*", `all ${label}`], ...choices].map(([value, text]) => made("option", {value}, text));
      const select = made("select", {name, className: "filter", ariaLabel: label}, ...options);
      this.box.querySelector(".filters").append(select);
    };
    const each = values => [...new Set(values)];
    offer("process", "processes", each(owners.map(owner => this.process(owner))).filter(Boolean).map(name => [name, name]));
    offer("thread", "threads", each(owners.map(owner => owner.thread)).filter(thread => threads[thread]).sort((a, b) => a - b)
      .map(thread => [String(thread), threads[thread][0]]));
    offer("task", "tasks", each(owners.map(owner => owner.task ?? "")).sort().map(name => [name, name || "no task"]));
  }
}

const flames = [...document.querySelectorAll(".flame")].map(box => new Flame(box));
document.addEventListener("keydown", event => {
  if (event.key !== "/" || event.target.matches("input, select") || !flames.length) return;
  event.preventDefault();
  flames[0].search.focus();
});
