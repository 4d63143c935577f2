// Forms with data-draft-key keep their text in this tab until a page says data-draft-done, so that an expired log-in
// or a closed dialog loses nothing; forms with data-guard ask before a page with changes is left.
import { enhance, say, words } from "./page.js";

// Of one person alone: whoever logs in next in this tab reads nothing of it.
export const draftName = (key) => `draft:${document.body.dataset.person ?? ""}:${key}`;
// What a combobox has found is hidden, and no file can be put back into an input: those are kept already, by their lines.
const TYPED = "textarea, select, input:not([type=hidden], [type=file], [type=password]), [data-combo] input[type=hidden]";
const typedFields = (form) => [...form.elements].filter((field) => field.name && field.matches(TYPED));
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const valueOf = (field) => (isTicked(field) ? field.checked : field.value);
const filesOf = (form) => form.querySelector("#kept");

// Of fields with the same name the first, the second and so on.
function numbered(fields) {
  const counts = {};
  return fields.map((field) => {
    counts[field.name] = (counts[field.name] ?? -1) + 1;
    return [`${field.name} ${counts[field.name]}`, field];
  });
}

function keep(form) {
  const values = Object.fromEntries(numbered(typedFields(form)).map(([name, field]) => [name, valueOf(field)]));
  const files = [...(filesOf(form)?.querySelectorAll("[data-kept]") ?? [])].map((line) => line.outerHTML);
  sessionStorage.setItem(draftName(form.dataset.draftKey), JSON.stringify({ values, files }));
}

export function keepDrafts() {
  document.querySelectorAll("form[data-draft-key][data-dirty]").forEach(keep);
}

function restoreFiles(form, files) {
  const list = filesOf(form);
  if (!list || list.querySelector("[data-kept]")) return 0;
  for (const line of files) list.insertAdjacentHTML("beforeend", line);
  return files.length;
}

function restore(form) {
  const { values = {}, files = [] } = JSON.parse(sessionStorage.getItem(draftName(form.dataset.draftKey)) ?? "{}");
  const found = restoreFiles(form, files);
  const lost = numbered(typedFields(form)).filter(([name, field]) => name in values && values[name] !== valueOf(field));
  if (!lost.length && !found) return;
  for (const [name, field] of lost) field[isTicked(field) ? "checked" : "value"] = values[name];
  form.dataset.dirty = "true";
  say(words("restored"));
}

// First of all, or what is restored next would be what was sent.
for (const done of document.querySelectorAll("[data-draft-done]")) {
  sessionStorage.removeItem(draftName(done.dataset.draftDone));
}

enhance("form[data-draft-key]", (form) => {
  // What comes back from the server says more than what was typed: who was made on the spot, what was found.
  if ("answered" in form.dataset) keep(form);
  else restore(form);
  for (const event of ["input", "change"]) form.addEventListener(event, () => keep(form));
});

enhance("form[data-guard], form[data-draft-key]", (form) => {
  form.addEventListener("input", () => (form.dataset.dirty = "true"));
  form.addEventListener("submit", () => delete form.dataset.dirty);
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-guard][data-dirty]")) event.preventDefault();
});
