// Single keys: data-key on a control ("A" is Shift+A), data-go on a menu entry, rows by J and K. In a Russian layout A
// arrives as "ф", so the physical key counts when the character is not Latin.
import { open } from "./dialog.js";
import { isTyping } from "./page.js";

// By physical key; with Shift where the second stands.
const SIGNS = { Slash: ["/", "?"], Period: [".", ""], BracketLeft: ["[", ""], BracketRight: ["]", ""] };
const DECIDING = new Set(["a", "A", "r", "d", "f", "m", "o", "[", "]", "h"]);
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };
let going = false;
let waiting = "";

function latin({ key, code, shiftKey }) {
  if (/^[a-z]$/i.test(key)) return shiftKey ? key.toUpperCase() : key.toLowerCase();
  // The sign key beside the right Shift writes a full stop in a Russian layout.
  const russian = code === "Slash" && (key === "." || key === ",");
  if (/^[\x20-\x7e]$/.test(key) && !russian) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  return SIGNS[code]?.[shiftKey ? 1 : 0] ?? "";
}

const visible = (element) => element.checkVisibility?.() ?? true;
const keyed = (root, key) => [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(visible);
// The keys of a row act in the row that is current, never in one the reader does not look at.
// What was done last is taken back first: the toast is about that.
const common = (key) => {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]:not([data-row] *)`)].filter(visible);
  return all.find((one) => one.closest("#toasts")) ?? all[0];
};
export const current = () => document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row].is-now");

function use(control) {
  if (isTyping(control)) control.focus();
  else control.click();
  return true;
}

export const rows = () => [...document.querySelectorAll("[data-rows] [data-row]:not(.is-leaving)")].filter(visible);

export function stand(place, focus = true) {
  const all = rows();
  const next = all[Math.min(all.length - 1, Math.max(0, place))];
  if (!next) return false;
  all.forEach((row) => row.classList.toggle("is-now", row === next));
  if (focus) (next.querySelector("[data-open]") ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
  next.dispatchEvent(new CustomEvent("stand", { bubbles: true }));
  return true;
}

function step(by) {
  const here = rows().indexOf(current());
  return stand(here < 0 ? 0 : here + by);
}

const box = (row) => row?.querySelector("input[type=checkbox][name]");

function extend(by) {
  const from = box(current());
  if (from && !from.checked) from.click();
  step(by);
  const to = box(current());
  if (to && !to.checked) to.click();
  return Boolean(to);
}

function all() {
  const boxes = rows().map(box).filter(Boolean);
  const open = boxes.filter((one) => !one.checked);
  (open.length ? open : boxes).forEach((one) => one.click());
  return boxes.length > 0;
}

// Who has decided in a row stands in the one that came to its place on the next page.
const PLACE = "ak-place";
document.addEventListener("submit", (event) => {
  const place = rows().indexOf(event.target.closest("[data-row]"));
  if (place >= 0 && !event.target.closest("[data-inbox]")) sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, place]));
});
const [path, place] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
sessionStorage.removeItem(PLACE);
if (path === location.pathname) stand(place);

function go(key) {
  going = false;
  const there = document.querySelector(`[data-go="${CSS.escape(key.toLowerCase())}"]`);
  if (there) location.assign(there.href);
  return Boolean(there);
}

// Files of a document stand as tabs; the digits turn to the parts of a card.
function turn(by) {
  const files = [...document.querySelectorAll("[data-file]")].filter(visible);
  const here = files.findIndex((file) => file.hasAttribute("aria-current"));
  return files[here + by] ? use(files[here + by]) : false;
}

function part(digit) {
  const tab = document.querySelectorAll("#tabs .ak-tabs a")[digit - 1];
  return tab ? use(tab) : false;
}

function peek() {
  const title = document.querySelector("#preview h2");
  if (title && visible(title)) title.focus();
  else current()?.querySelector("[data-open]")?.click();
  return Boolean(current());
}

function menu() {
  const summary = current()?.querySelector("details[data-menu] > summary");
  return summary && visible(summary) ? use(summary) : false;
}

const ALWAYS = {
  g: () => (going = true),
  // On a card whose task is done there are no rows, but a next one.
  j: () => step(1) || Boolean(common("j") && use(common("j"))),
  k: () => step(-1),
  J: () => extend(1),
  K: () => extend(-1),
  "[": () => turn(-1),
  "]": () => turn(1),
  "?": () => open(document.getElementById("keys")) ?? true,
};

function press(key) {
  if (going) return go(key);
  // What the current row says is still on its way: the key acts when it is here, not on what stood there before.
  const coming = document.querySelector("#preview[aria-busy]");
  if (DECIDING.has(key) && coming && visible(coming)) return (waiting = key);
  if (ALWAYS[key]) return ALWAYS[key]();
  const row = current();
  const many = key === "a" && document.querySelector("[data-bulk]:not([disabled])");
  const control = (key === "x" && box(row)) || (many && visible(many) ? many : null) || (row && keyed(row, key)) || common(key);
  if (control) return use(control);
  if (key === " ") return row ? peek() : false;
  if (key === ".") return menu();
  return /^[1-9]$/.test(key) ? part(Number(key)) : false;
}

document.addEventListener("previewed", () => {
  const key = waiting;
  waiting = "";
  if (key) press(key);
});

// The main button of a form may stand in the bar at the bottom of the page.
const main = (form) => form.querySelector("[data-main]") ?? document.querySelector(`[data-main][form="${form.id}"]`) ?? undefined;
const send = (form) => form?.requestSubmit(main(form));

function save(event) {
  const button = [...document.querySelectorAll("[data-save]")].find(visible);
  if (!button) return;
  event.preventDefault();
  button.click();
}

function commanded(event) {
  const key = latin(event);
  if (event.key === "Enter") send(event.target.closest?.("form"));
  else if (key === "s") save(event);
  else if (key === "a" && !isTyping(event.target) && current() && all()) event.preventDefault();
}

function panes() {
  const pane = document.getElementById("preview");
  if (!pane || !visible(pane)) return false;
  if (pane.contains(document.activeElement)) current()?.querySelector("[data-open]")?.focus();
  else pane.focus();
  return true;
}

const isIdle = ({ target }) => target === document.body || target.closest?.("[data-row], #preview");

function single(event) {
  const key = latin(event);
  const isSpace = key === " ";
  // Space presses buttons and ticks boxes; on a link, and on nothing, it peeks.
  if (isSpace && event.target.closest("button, summary, input")) return false;
  const row = event.key === "Enter" && event.target === document.body && current();
  if (row) return use(row.querySelector("[data-open]"));
  if (ARROWS[event.key] && current() && isIdle(event)) return step(ARROWS[event.key]);
  return key ? press(key) : false;
}

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (event.repeat || event.defaultPrevented) return;
  if (command && !event.altKey) return commanded(event);
  if (command || event.altKey || document.querySelector("dialog:modal")) return;
  // Not a character: it stays whatever the profile says.
  if (event.key === "F6" && panes()) return event.preventDefault();
  if (document.body.dataset.keys === "off" || isTyping(event.target)) return;
  if (single(event)) event.preventDefault();
});
