// Forms with data-draft-key keep their text in this tab until a page says data-draft-done, so that an expired log-in
// or a closed dialog loses nothing; forms with data-guard ask before a page with changes is left.
import { enhance, say, words } from "./page.js";

const PREFIX = "draft:";
const TEXT = "textarea, select, input:not([type=hidden], [type=file], [type=password], [type=checkbox], [type=radio])";
const textFields = (form) => [...form.elements].filter((field) => field.name && field.matches(TEXT));

function keep(form) {
  const values = Object.fromEntries(textFields(form).map((field) => [field.name, field.value]));
  sessionStorage.setItem(PREFIX + form.dataset.draftKey, JSON.stringify(values));
}

export function keepDrafts() {
  document.querySelectorAll("form[data-draft-key][data-dirty]").forEach(keep);
}

function restore(form) {
  const values = JSON.parse(sessionStorage.getItem(PREFIX + form.dataset.draftKey) ?? "{}");
  const lost = textFields(form).filter(({ name, value }) => name in values && values[name] !== value);
  if (!lost.length) return;
  for (const field of lost) field.value = values[field.name];
  form.dataset.dirty = "true";
  say(words("restored"));
}

// First of all, or what is restored next would be what was sent.
for (const done of document.querySelectorAll("[data-draft-done]")) {
  sessionStorage.removeItem(PREFIX + done.dataset.draftDone);
}

enhance("form[data-draft-key]", (form) => {
  restore(form);
  form.addEventListener("input", () => keep(form));
});

enhance("form[data-guard], form[data-draft-key]", (form) => {
  form.addEventListener("input", () => (form.dataset.dirty = "true"));
  form.addEventListener("submit", () => delete form.dataset.dirty);
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-guard][data-dirty]")) event.preventDefault();
});
