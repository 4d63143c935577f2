// A page stands there before its scripts do. What was done to its fields until then is told again once they listen.
const isTicked = ({ type }) => type === "checkbox" || type === "radio";

function isTouched(field) {
  if (field.matches("select")) return field.value !== (field.querySelector("[selected]") ?? field.options[0])?.value;
  if (field.type === "file") return field.files.length > 0;
  return isTicked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

// Looked for before any other script changes a field; a combobox that the browser has filled in again after a reload
// has its choice already, which typing would take away.
const isAgain = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
const touched = [...document.querySelectorAll("input:not([type=hidden], [type=submit]), select:not([multiple]), textarea")]
  .filter((field) => isTouched(field) && !(isAgain && field.matches("[role=combobox]")));

// Once the page is there htmx listens as well.
document.addEventListener("DOMContentLoaded", () => setTimeout(() => {
  for (const field of touched) for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}));
