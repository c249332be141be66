/* Reading a chart's values: with the pointer, or with the keyboard. A chart marks its places in a group of class
   "chart-points", each with the words it says in data-label. The Tab key stops once, at the place the chart chose; the arrow
   keys, Home and End move on from there, Escape puts the words away. */
"use strict";

(() => {
  const tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the place that has the focus says the same words itself
  document.body.append(tip);

  const placesOf = (place) => [...place.closest(".chart-points").querySelectorAll("[data-label]")];
  const placeAt = (event) => event.target.closest && event.target.closest(".chart-points [data-label]");

  const show = (place) => {
    tip.textContent = place.dataset.label;
    tip.hidden = false;
    const box = place.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 4;
    const left = Math.max(4, Math.min(box.left + box.width / 2 - tip.offsetWidth / 2, room));
    const above = box.top - tip.offsetHeight - 6;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(above < 0 ? box.bottom + 6 : above) + window.scrollY}px`;
  };
  const hide = () => {
    tip.hidden = true;
  };

  /* The one place the Tab key stops at is the last one read. */
  const moveTo = (place, places) => {
    for (const other of places) other.removeAttribute("tabindex");
    place.setAttribute("tabindex", "0");
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", place.dataset.label);
    place.focus();
  };

  document.addEventListener("keydown", (event) => {
    const place = placeAt(event);
    if (!place) {
      if (event.key === "Escape") hide();
      return;
    }
    if (event.key === "Escape") return hide();
    const places = placesOf(place);
    const at = places.indexOf(place);
    const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: places.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    moveTo(places[Math.max(0, Math.min(steps[event.key], places.length - 1))], places);
  });
  document.addEventListener("focusin", (event) => {
    const place = placeAt(event);
    if (place) show(place);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerover", (event) => {
    const place = placeAt(event);
    if (place) show(place);
  });
  document.addEventListener("pointerout", (event) => {
    if (placeAt(event)) hide();
  });
})();
