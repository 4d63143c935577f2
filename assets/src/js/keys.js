// Single keys: data-key on a control, data-go on a menu entry, rows by J and K. In a Russian layout A arrives as "ф",
// so the physical key counts when the character is not Latin.
import { open } from "./dialog.js";
import { isTyping } from "./page.js";

let going = false;

function latin(event) {
  if (/^[\x21-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter) return letter[1].toLowerCase();
  return event.code === "Slash" ? (event.shiftKey ? "?" : "/") : "";
}

const visible = (element) => element.checkVisibility?.() ?? true;
const keyed = (root, key) => [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(visible);
// The keys of a row act in the row that is current, never in one the reader does not look at.
const common = (key) => [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]:not([data-row] *)`)].find(visible);
const current = () => document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row].is-now");

function use(control) {
  if (isTyping(control)) control.focus();
  else control.click();
  return true;
}

const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")].filter(visible);

function stand(place) {
  const all = rows();
  const next = all[Math.min(all.length - 1, Math.max(0, place))];
  if (!next) return false;
  all.forEach((row) => row.classList.toggle("is-now", row === next));
  (next.querySelector("[data-open]") ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function step(by) {
  const here = rows().indexOf(current());
  return stand(here < 0 ? 0 : here + by);
}

// Who has decided in a row stands in the one that came to its place on the next page.
const PLACE = "ak-place";
document.addEventListener("submit", ({ target }) => {
  const place = rows().indexOf(target.closest("[data-row]"));
  if (place >= 0) sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, place]));
});
const [path, place] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
sessionStorage.removeItem(PLACE);
if (path === location.pathname) stand(place);

function go(key) {
  going = false;
  const place = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  if (place) location.assign(place.href);
  return Boolean(place);
}

function press(key) {
  if (going) return go(key);
  if (key === "g") return (going = true);
  if (key === "j") return step(1);
  if (key === "k") return step(-1);
  if (key === "?") {
    open(document.getElementById("keys"));
    return true;
  }
  const row = current();
  const box = key === "x" && row?.querySelector("input[type=checkbox]");
  const control = box || (row && keyed(row, key)) || common(key);
  return control ? use(control) : false;
}

// The main button of a form may stand in the bar at the bottom of the page.
const send = (form) => form?.requestSubmit(form.querySelector("[data-main]") ?? document.querySelector(`[data-main][form="${form.id}"]`) ?? undefined);

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "Enter") send(event.target.closest?.("form"));
  if (command || event.altKey || event.repeat || event.defaultPrevented) return;
  if (document.body.dataset.keys === "off" || isTyping(event.target)) return;
  if (document.querySelector("dialog:modal")) return;
  const key = latin(event);
  if (key && press(key)) event.preventDefault();
});
