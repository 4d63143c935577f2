// Routes: drag or Alt+Up/Down moves what the up and down buttons move, Ctrl+S saves the draft.
import { enhance } from "./page.js";

function button(item, move) {
  return item.querySelector(`[data-move="${move}"]:not([disabled])`);
}

enhance("[data-sort] > [data-sortable]", (item) => {
  item.addEventListener("keydown", (event) => {
    const move = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!event.altKey || !move) return;
    event.preventDefault();
    button(item, move)?.click();
  });
  const grip = item.querySelector("[data-grip]") ?? item;
  // Only by the grip: text in the fields has to stay selectable.
  grip.addEventListener("pointerdown", () => (item.draggable = true));
  item.addEventListener("dragend", () => {
    item.draggable = false;
    item.classList.remove("is-dragged");
  });
  item.addEventListener("dragstart", (event) => {
    item.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });
});

enhance("[data-sort]", (list) => {
  list.addEventListener("dragover", (event) => {
    const dragged = list.querySelector(":scope > .is-dragged");
    const over = event.target.closest("[data-sortable]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    over[event.clientY < top + height / 2 ? "before" : "after"](dragged);
  });
  list.addEventListener("drop", (event) => {
    event.preventDefault();
    const form = list.closest("form");
    // The order of the fields is the order that is sent.
    if (form.matches("[data-sort-form]")) form.requestSubmit();
    else form.dispatchEvent(new Event("reshape"));
  });
});

document.addEventListener("keydown", (event) => {
  const save = document.querySelector("[data-designer] [data-save]");
  if (!save || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  save.click();
});

// What changes the controls themselves is asked for whole; anything else redraws only the picture and the problems, so
// that nothing is lost of what is being typed meanwhile.
document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-designer]");
  if (form) form.dispatchEvent(new Event(target.matches("[data-shape], [name$=_pick]") ? "reshape" : "redraw"));
});

// What was typed while the controls were asked for is carried over into the new ones. Places do not change meanwhile:
// what moves a stage or takes one away is a press that loads the page, but for dragging, where nobody types.
const state = (control) => (control.type === "checkbox" ? control.checked : control.value);
const controls = () => [...document.querySelectorAll("[data-designer] :is(input, select, textarea)")].filter((one) => one.id || one.name.endsWith("_pick"));
const states = () => new Map(controls().map((one) => [one.id || one.name, state(one)]));
const isWhole = ({ detail: { ctx } }) => ctx.sourceElement?.getAttribute("hx-trigger")?.startsWith("reshape");
let sent = new Map();
let carried = new Map();

document.addEventListener("htmx:before:request", (event) => {
  if (isWhole(event)) sent = states();
});

document.addEventListener("htmx:before:swap", (event) => {
  if (isWhole(event)) carried = new Map([...states()].filter(([key, now]) => sent.get(key) !== now));
});

document.addEventListener("htmx:after:swap", () => {
  if (!carried.size) return;
  const late = controls().filter((one) => carried.has(one.id || one.name));
  for (const one of late) one[one.type === "checkbox" ? "checked" : "value"] = carried.get(one.id || one.name);
  carried = new Map();
  const isShaped = late.some((one) => one.matches("[data-shape]") || (one.matches("[name$=_pick]") && one.value));
  document.querySelector("[data-designer]").dispatchEvent(new Event(isShaped ? "reshape" : "redraw"));
});
