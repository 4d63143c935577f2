// Dragging an entry to another day sends the same form as its "Move to date" menu: same checks, same words.
import { enhance, isTyping, say } from "./page.js";

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

// Past the due date the browser asks for the reason at its field, before anything is sent.
enhance(".ak-move", (form) => {
  const { on, reason } = form.elements;
  const { due } = form.closest("[data-move]").dataset;
  if (reason && due) on.addEventListener("input", () => (reason.required = on.value > due));
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

// By keys: arrows go from entry to entry, with Shift they move it by one working day, P chooses its date.
const grid = document.querySelector("[data-calendar]");
const links = (day) => [...day.querySelectorAll(".ak-pay > a")];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function walk(by) {
  const days = [...grid.querySelectorAll("[data-day]")];
  const here = document.activeElement.closest("[data-day]");
  if (!here) return (grid.querySelector(".ak-today .ak-pay > a") ?? grid.querySelector(".ak-pay > a"))?.focus();
  const own = links(here);
  const next = own[own.indexOf(document.activeElement) + Math.sign(by)];
  if (Math.abs(by) > 1 && next) return next.focus();
  for (let at = days.indexOf(here) + by; days[at]; at += by) {
    const there = links(days[at]);
    if (there.length) return there.at(by === -7 ? -1 : 0).focus();
  }
}

function shift(entry, by) {
  const days = [...grid.querySelectorAll("[data-day]")];
  let at = days.indexOf(entry.closest("[data-day]")) + by;
  while (days[at]?.matches(".ak-off")) at += by;
  if (!days[at]) return;
  if (days[at].dataset.barred) say(days[at].dataset.barred, { urgent: true });
  else move(entry, days[at].dataset.day);
}

function pressed(event) {
  const entry = document.activeElement.closest("[data-calendar] [data-move]");
  const by = STEPS[event.key];
  if (event.shiftKey) return by && Math.abs(by) === 1 && entry ? (shift(entry, by), true) : false;
  if (by) return walk(by), true;
  if (event.code !== "KeyP" || !entry) return false;
  entry.querySelector("details").open = true;
  entry.querySelector("input[type=date]").focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!grid?.checkVisibility() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.body.dataset.keys === "off" || document.querySelector("dialog:modal, details[data-menu][open]")) return;
  if (pressed(event)) event.preventDefault();
});
