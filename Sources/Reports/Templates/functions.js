// Stands for a function's own time among what it calls.
const ITSELF = -2;

const table = document.querySelector(".functions");

// Rows by a column: names from A on, figures from the greatest on, and the other way at the second press.
const sort = (heading, column) => {
  const isName = column === "name", was = heading.getAttribute("aria-sort");
  const order = was === "none" ? (isName ? "ascending" : "descending") : was === "ascending" ? "descending" : "ascending";
  for (const other of table.querySelectorAll("th")) if (other.ariaSort) other.ariaSort = "none";
  heading.ariaSort = order;
  const sign = order === "ascending" ? 1 : -1;
  const value = row => isName ? row.dataset.name.toLowerCase() : Number(row.dataset[column]);
  const compare = (a, b) => sign * (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0);
  for (const detail of table.querySelectorAll(".detail")) detail.remove();
  table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
};

// Who calls a function, and what it calls: the parts of its time, each second once.
const neighbours = (flame, row) => {
  const {tree, data} = {tree: flame.whole, data: flame.data};
  const {outermost} = tree.matching(frame => data.rows[frame] === row);
  const callers = new Map(), callees = new Map();
  const add = (map, frame, time) => map.set(frame, (map.get(frame) ?? 0) + time);
  let itself = 0;
  for (const node of outermost) {
    add(callers, tree.frames[tree.parents[node]], tree.total[node]);
    itself += tree.self[node];
    for (const child of tree.children(node)) add(callees, tree.frames[child], tree.total[child]);
  }
  return {callers, callees, itself, whole: tree.sum(outermost)};
};

const listed = (flame, title, parts, whole) => {
  const sorted = [...parts].sort((a, b) => b[1] - a[1]).slice(0, 8);
  const items = sorted.map(([frame, time]) => {
    const row = flame.data.rows[frame] ?? -1, name = frame === ITSELF ? "itself" : frame < 0 ? "nothing" : flame.name(frame);
    const link = row >= 0 ? made("a", {href: `#function-${row}`}, name) : name;
    return made("li", {}, made("span", {className: "figure"}, percent(time / (whole || 1))), " ", link);
  });
  const rest = parts.size > items.length ? [made("li", {className: "note"}, `and ${parts.size - items.length} more`)] : [];
  return made("div", {}, made("h4", {}, title), made("ul", {}, ...items, ...rest));
};

// A row beneath a function's with its callers and callees; a second press takes it away.
const toggle = row => {
  const open = row.nextElementSibling;
  if (open?.classList.contains("detail")) return open.remove();
  const flame = flames[0], {callers, callees, itself, whole} = neighbours(flame, Number(row.id.split("-")[1]));
  if (itself > 0) callees.set(ITSELF, itself);
  const show = made("button", {type: "button", onclick: () => {
    flame.search.value = row.dataset.name;
    flame.find(row.dataset.name);
    flame.box.scrollIntoView({block: "start"});
  }}, "show in the flame graph");
  const lists = [listed(flame, "Called by", callers, whole), listed(flame, "Its time goes to", callees, whole)];
  const cell = made("td", {colSpan: row.cells.length}, made("div", {className: "neighbours"}, ...lists, show));
  row.after(made("tr", {className: "detail"}, cell));
};

const follow = () => {
  const row = table && document.getElementById(location.hash.slice(1));
  if (!row || !table.contains(row)) return;
  if (row.classList.contains("small")) document.getElementById("all-functions").checked = true;
  if (!row.nextElementSibling?.classList.contains("detail")) toggle(row);
  row.scrollIntoView({block: "center"});
};

if (table && flames.length) {
  table.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#function-']"), row = event.target.closest("tr");
    if (!link || link.getAttribute("href") !== "#" + row.id) return;
    event.preventDefault();
    toggle(row);
  });
  for (const button of table.querySelectorAll("th button")) {
    button.addEventListener("click", () => sort(button.closest("th"), button.dataset.column));
  }
  addEventListener("hashchange", follow);
  follow();
}
document.documentElement.dataset.script = "ready";
