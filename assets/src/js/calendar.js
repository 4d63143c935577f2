// Dragging an entry to another day sends the same form as its "Move to date" menu: same checks, same words.
import { enhance, say } from "./page.js";

let dragged = null;

enhance("[data-move]", (entry) => {
  entry.addEventListener("dragstart", (event) => {
    dragged = entry;
    entry.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", entry.dataset.date);
  });
  entry.addEventListener("dragend", () => {
    dragged = null;
    entry.classList.remove("is-dragged");
    document.querySelectorAll(".is-over, .is-barred").forEach((day) => day.classList.remove("is-over", "is-barred"));
  });
});

function move(entry, day) {
  const menu = entry.querySelector("details");
  const form = menu.querySelector("form");
  const { on, reason } = form.elements;
  on.value = day;
  // Past the due date a reason is needed: the menu opens with the date filled in.
  if (reason && entry.dataset.due && day > entry.dataset.due) {
    menu.open = true;
    reason.required = true;
    reason.focus();
    return;
  }
  form.requestSubmit();
}

enhance("[data-calendar] [data-day]", (day) => {
  const { barred } = day.dataset;
  day.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    day.classList.add(barred ? "is-barred" : "is-over");
  });
  day.addEventListener("dragleave", () => day.classList.remove("is-over", "is-barred"));
  day.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!dragged || dragged.dataset.date === day.dataset.day) return;
    if (barred) say(barred, { urgent: true });
    else move(dragged, day.dataset.day);
  });
});
