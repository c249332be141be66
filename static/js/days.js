// The days on which a thing changed, as a slider over their links. Without this file the links do the same.
{
  const PAUSE = 400; // milliseconds for which a hand rests before its day is shown
  const PLACE = "#as-of-day";

  const made = (name, facts) => Object.assign(document.createElement(name), facts);

  const slide = (nav, links) => {
    const shown = links.findIndex((link) => link.hasAttribute("aria-current"));
    const label = made("label", { className: "govuk-label", htmlFor: "as-of-day", textContent: "Move through the days on which it changed" });
    const slider = made("input", { className: "days__slider", type: "range", id: "as-of-day", min: 0, max: links.length - 1 });
    slider.value = shown < 0 ? links.length - 1 : shown;
    const day = made("output", { className: "days__day" });
    const tell = () => {
      day.textContent = links[slider.value].textContent;
      slider.setAttribute("aria-valuetext", day.textContent);
    };
    let waiting;
    slider.addEventListener("input", () => {
      tell();
      clearTimeout(waiting);
      waiting = setTimeout(() => location.assign(links[slider.value].href + PLACE), PAUSE);
    });
    tell();
    nav.prepend(label, slider, day);
    if (location.hash === PLACE) slider.focus();
  };

  for (const nav of document.querySelectorAll("[data-days]")) {
    const links = [...nav.querySelectorAll("[data-day]")];
    if (links.length > 1) slide(nav, links);
  }
}
