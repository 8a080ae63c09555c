
"use strict";
for (const flame of document.querySelectorAll(".flame")) {
  const told = flame.previousElementSibling;
  const frames = [...flame.querySelectorAll(".frame")];
  const place = frame => ["left", "width", "top"].map(name => Number(frame.dataset[name]));
  const zoom = target => {
    const [from, whole, row] = place(target);
    for (const frame of frames) {
      const [left, width, top] = place(frame);
      const around = top < row && left <= from + 1e-6 && left + width >= from + whole - 1e-6;
      const within = top >= row && left >= from - 1e-6 && left + width <= from + whole + 1e-6;
      frame.hidden = !around && !within;
      frame.style.left = (around ? 0 : (left - from) / whole * 100) + "%";
      frame.style.width = (around ? 100 : width / whole * 100) + "%";
    }
  };
  const tell = event => {
    const frame = event.target.closest(".frame");
    if (frame) told.textContent = frame.title;
  };
  flame.addEventListener("click", event => {
    const frame = event.target.closest(".frame");
    if (frame) zoom(frame);
  });
  flame.addEventListener("keydown", event => { if (event.key === "Escape") zoom(frames[0]); });
  flame.addEventListener("mouseover", tell);
  flame.addEventListener("focusin", tell);
}
document.documentElement.dataset.script = "ready";
