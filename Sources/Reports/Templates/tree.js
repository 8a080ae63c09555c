"use strict";

// What a frame can be, as the page's data number it.
const OWN = 0, IMPORTS = 4, WAITING = 5;

// A tree by columns: callers come before what they call, and node 0 is the root.
class Tree {
  #first; #next;

  constructor(parents, frames, self) {
    Object.assign(this, {parents, frames, self, total: Float64Array.from(self)});
    for (let at = parents.length - 1; at > 0; at--) this.total[parents[at]] += this.total[at];
    this.#first = new Int32Array(parents.length);
    this.#next = new Int32Array(parents.length);
    for (let at = parents.length - 1; at > 0; at--) {
      this.#next[at] = this.#first[parents[at]];
      this.#first[parents[at]] = at;
    }
  }

  // Those that have any time, the heaviest first.
  children(node) {
    const all = [];
    for (let at = this.#first[node]; at > 0; at = this.#next[at]) if (this.total[at] > 0) all.push(at);
    return all.sort((a, b) => this.total[b] - this.total[a] || a - b);
  }

  // From the root down to the caller of a node.
  path(node) {
    const path = [];
    for (let at = node; at > 0; at = this.parents[at]) path.unshift(this.parents[at]);
    return path;
  }

  // The nodes of such frames, and the outermost of them: those that are beneath no other.
  matching(isMeant) {
    const all = [], outermost = [], within = new Uint8Array(this.parents.length);
    for (let at = 1; at < this.parents.length; at++) {
      const above = within[this.parents[at]], meant = this.total[at] > 0 && isMeant(this.frames[at]);
      within[at] = above || meant ? 1 : 0;
      if (meant) all.push(at);
      if (meant && !above) outermost.push(at);
    }
    return {all, outermost};
  }

  sum(nodes) { return nodes.reduce((sum, node) => sum + this.total[node], 0); }
}

// The callers of all nodes: each is written by how many frames it stands below the one before it.
const parentsOf = data => {
  const parents = new Int32Array(data.of.length + 1), path = [0];
  data.of.forEach((frame, index) => {
    path.length -= data.up[index];
    parents[index + 1] = path[path.length - 1];
    path.push(index + 1);
  });
  return parents;
};

// The time with each node on top, of such owners alone.
const selfOf = (data, isMeant) => {
  const self = new Float64Array(data.of.length + 1);
  for (const owner of data.owners.filter(isMeant)) {
    let node = 0;
    owner.nodes.forEach((step, index) => self[node += step] += owner.weights[index]);
  }
  return self;
};

// Puts what is not own code into the frame that the user's own code calls, and imports into one frame.
// Gives the folded tree, and for each node of the whole one the node that it is a part of.
const folded = (tree, data, imports, libraries) => {
  const count = tree.parents.length, part = new Int32Array(count), state = new Uint8Array(count);
  const [CALLED, IMPORTING, BENEATH_OWN] = [1, 2, 4];
  const parents = [0], frames = [-1], known = new Map();
  const push = (frame, onto) => {
    const key = onto * (data.names.length + 1) + frame;
    if (!known.has(key)) {
      known.set(key, parents.length);
      parents.push(onto);
      frames.push(frame);
    }
    return known.get(key);
  };
  for (let at = 1; at < count; at++) {
    const above = tree.parents[at], frame = tree.frames[at], kind = data.kinds[frame];
    const isBeneath = state[above] & BENEATH_OWN, isModule = data.names[frame] === "<module>";
    const isOwn = kind === OWN && !(state[above] & IMPORTING && isModule);
    const base = part[above];
    if (isOwn) {
      state[at] = BENEATH_OWN;
      part[at] = push(frame, !isBeneath && state[above] & CALLED ? 0 : base);
    } else if (state[above] & IMPORTING) {
      [state[at], part[at]] = [state[above], base];
    } else if (imports && kind === IMPORTS) {
      state[at] = IMPORTING | isBeneath;
      part[at] = push(data.names.length, base);
    } else if (libraries && kind !== WAITING) {
      state[at] = CALLED | isBeneath;
      part[at] = state[above] & CALLED ? base : push(frame, base);
    } else {
      [state[at], part[at]] = [state[above], push(frame, base)];
    }
  }
  const self = new Float64Array(parents.length);
  for (let at = 0; at < count; at++) self[part[at]] += tree.self[at];
  return {tree: new Tree(parents, frames, self), part};
};
