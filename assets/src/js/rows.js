// <form data-select>: counts the ticked rows and, where the page has a place for it, sums their amounts by currency.
import { enhance, language, say } from "./page.js";

// Rows with forms of their own stand outside of this one, their boxes belong to it all the same.
const boxes = (form) => [...form.elements].filter((field) => field.matches("[data-row] input[type=checkbox][name]"));

function written(minor, currency) {
  const currencyDisplay = language === "ru" ? "narrowSymbol" : "code";
  const format = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

function sums(ticked) {
  const totals = new Map();
  for (const { dataset } of ticked) {
    if (dataset.currency) totals.set(dataset.currency, (totals.get(dataset.currency) ?? 0) + Number(dataset.minor));
  }
  return [...totals].map(([currency, minor]) => written(minor, currency)).join(" · ");
}

function show(form) {
  const all = boxes(form);
  const ticked = all.filter((box) => box.checked);
  for (const box of all) box.closest("[data-row]").classList.toggle("is-selected", box.checked);
  const whole = form.querySelector("[data-select-all]");
  if (whole) {
    whole.checked = ticked.length > 0 && ticked.length === all.length;
    whole.indeterminate = ticked.length > 0 && ticked.length < all.length;
  }
  const bar = form.querySelector("[data-selection]");
  const text = `${ticked.length} ${form.dataset.selectedText}`;
  bar.hidden = ticked.length === 0;
  for (const button of form.querySelectorAll("[data-needs-selection]")) button.disabled = ticked.length === 0;
  bar.querySelector("[data-selected]").textContent = text;
  // Where nothing is paid there is nothing to add up.
  bar.querySelector("[data-sums]")?.replaceChildren(sums(ticked));
  return text;
}

enhance("form[data-select]", (form) => {
  const setAll = (checked) => boxes(form).forEach((box) => (box.checked = checked));
  show(form);
  document.addEventListener("change", ({ target }) => {
    if (target.form !== form) return;
    if (target.matches("[data-select-all]")) setAll(target.checked);
    say(show(form));
  });
  form.querySelector("[data-clear]")?.addEventListener("click", () => {
    setAll(false);
    say(show(form));
  });
});
