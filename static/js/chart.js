// The value of a chart's point, shown on hover and on keyboard focus.
//
// A chart drawn for the page carries a group of points (class "chart-points"), each with its words in data-label.
// Tab reaches one point; left and right, Home and End move between them; Escape puts the words away. Everything is
// delegated from the document, so charts that arrive later need no setting up. Nothing here is needed to read a
// chart: the table beside it says the same.

const POINTS = ".chart-points";
const POINT = ".chart-points [data-label]";

function tipOf(figure) {
  let tip = figure.querySelector(":scope > .chart-tip");
  if (!tip) {
    tip = document.createElement("div");
    tip.className = "chart-tip";
    tip.setAttribute("aria-hidden", "true"); // a focused point speaks for itself
    tip.hidden = true;
    figure.append(tip);
  }
  return tip;
}

function hide(figure) {
  figure.querySelector(":scope > .chart-tip")?.setAttribute("hidden", "");
  figure.querySelectorAll(".chart-point-shown").forEach((point) => point.classList.remove("chart-point-shown"));
}

function show(point) {
  const figure = point.closest(".chart");
  if (!figure) return;
  hide(figure);
  point.classList.add("chart-point-shown");
  const tip = tipOf(figure);
  tip.textContent = point.dataset.label;
  tip.hidden = false;
  const frame = figure.getBoundingClientRect();
  const box = point.getBoundingClientRect();
  const middle = box.left + box.width / 2 - frame.left - tip.offsetWidth / 2;
  const furthest = Math.max(0, frame.width - tip.offsetWidth);
  tip.style.left = `${Math.min(Math.max(0, middle), furthest) + figure.scrollLeft}px`;
  tip.style.top = `${Math.max(0, box.top - frame.top - tip.offsetHeight - 2)}px`;
}

function moveTo(point) {
  for (const other of point.closest(POINTS).querySelectorAll("[tabindex]")) other.setAttribute("tabindex", "-1");
  point.setAttribute("tabindex", "0");
  point.setAttribute("role", "img");
  point.setAttribute("aria-label", point.dataset.label);
  point.focus();
}

function pointFor(key, point) {
  const all = [...point.closest(POINTS).querySelectorAll("[data-label]")];
  const here = all.indexOf(point);
  const places = {
    ArrowLeft: here - 1,
    ArrowUp: here - 1,
    ArrowRight: here + 1,
    ArrowDown: here + 1,
    Home: 0,
    End: all.length - 1,
  };
  return key in places ? all[Math.min(Math.max(places[key], 0), all.length - 1)] : null;
}

function asPoint(target) {
  return target instanceof Element ? target.closest(POINT) : null;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll(".chart").forEach(hide);
    return;
  }
  const point = asPoint(event.target);
  if (!point || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = pointFor(event.key, point);
  if (!next) return;
  event.preventDefault();
  moveTo(next);
});

document.addEventListener("focusin", (event) => {
  const point = asPoint(event.target);
  if (point) show(point);
});

document.addEventListener("focusout", (event) => {
  const point = asPoint(event.target);
  if (point) hide(point.closest(".chart") ?? document.body);
});

document.addEventListener("pointerover", (event) => {
  const point = asPoint(event.target);
  if (point) show(point);
});

document.addEventListener("pointerout", (event) => {
  const figure = event.target instanceof Element ? event.target.closest(".chart") : null;
  if (!figure || figure.contains(event.relatedTarget)) return;
  const focused = asPoint(document.activeElement);
  if (focused && figure.contains(focused)) show(focused);
  else hide(figure);
});
