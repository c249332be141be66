/* The plan as a board: a card dragged to another column opens the page that asks for what the move needs. The links on
   the card lead to the same page, so that nothing needs a mouse or this script. */
"use strict";

(() => {
  const board = document.querySelector("[data-kanban]");
  if (!board) return;
  let card = null;
  const columnOf = (event) => event.target.closest("[data-status]");
  const may = (column) => card && column && card.dataset.moves.split(" ").includes(column.dataset.status);
  const clear = () => {
    if (card) card.classList.remove("is-dragged");
    card = null;
    board.querySelectorAll("[data-status]").forEach((one) => one.classList.remove("may-drop", "is-over"));
  };

  board.addEventListener("dragstart", (event) => {
    card = event.target.closest("[data-card][draggable=true]");
    if (!card) return;
    card.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.card);
    board.querySelectorAll("[data-status]").forEach((one) => one.classList.toggle("may-drop", may(one)));
  });
  board.addEventListener("dragover", (event) => {
    const column = columnOf(event);
    board.querySelectorAll(".is-over").forEach((one) => one.classList.toggle("is-over", one === column));
    if (!may(column)) return;
    event.preventDefault();
    column.classList.add("is-over");
  });
  board.addEventListener("drop", (event) => {
    const column = columnOf(event);
    if (!may(column)) return;
    event.preventDefault();
    const link = card.querySelector(`[data-to="${column.dataset.status}"]`);
    clear();
    window.location.assign(link.href);
  });
  board.addEventListener("dragend", clear);
})();
