/* Items of an agenda dragged to their place with the mouse. The buttons Up and Down do the same for everybody else. */
"use strict";

(() => {
  const agenda = document.getElementById("agenda");
  if (!agenda) return;
  let dragged = null;
  const itemOf = (event) => event.target.closest?.("[data-drag]");
  const arm = () => agenda.querySelectorAll("[data-drag]").forEach((item) => { item.draggable = true; });

  agenda.addEventListener("dragstart", (event) => {
    dragged = itemOf(event);
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.drag);
  });
  agenda.addEventListener("dragover", (event) => {
    const over = itemOf(event);
    if (!dragged || !over) return;
    event.preventDefault();
    agenda.querySelectorAll(".is-over").forEach((one) => one.classList.remove("is-over"));
    if (over !== dragged) over.classList.add("is-over");
  });
  agenda.addEventListener("drop", (event) => {
    const over = itemOf(event);
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const form = dragged.querySelector("[data-drop]");
    form.elements.to.value = over.dataset.drag;
    form.requestSubmit();
  });
  agenda.addEventListener("dragend", () => {
    agenda.querySelectorAll(".is-over, .is-dragged").forEach((one) => one.classList.remove("is-over", "is-dragged"));
    dragged = null;
  });
  document.body.addEventListener("htmx:afterSwap", arm);
  arm();
})();
