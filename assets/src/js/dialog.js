// <details data-dialog> holds a <dialog>: without script it unfolds in place, with it it opens as a modal.
import { enhance } from "./page.js";

export function open(dialog, opener = document.activeElement) {
  if (document.querySelector("dialog:modal")) return;
  dialog.showModal();
  const field = dialog.querySelector("[autofocus], textarea, input:not([type=hidden])");
  (field ?? dialog.querySelector("[data-close]"))?.focus();
  // Unless something that has to be read has taken the focus meanwhile: a refusal.
  const back = () => {
    if (!document.activeElement?.matches("[data-focus-after]")) (opener?.isConnected ? opener : document.getElementById("main"))?.focus();
  };
  dialog.addEventListener("close", back, { once: true });
}

enhance("details[data-dialog]", (details) => {
  const dialog = details.querySelector("dialog");
  const summary = details.querySelector("summary");
  // Unfolded before this script was there.
  const isOpen = details.open;
  dialog.close();
  // A closed <details> would hide the modal inside it.
  details.after(dialog);
  summary.setAttribute("aria-haspopup", "dialog");
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    open(dialog, summary);
  });
  if (isOpen) open(dialog, summary);
});

// A form that unfolds where it is read begins at its text.
enhance("details.ak-say", (details) => {
  details.addEventListener("toggle", () => details.open && details.querySelector("textarea").focus());
});

function addWords(field, text) {
  field.value = field.value ? `${field.value.trimEnd()}\n${text}` : text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

document.addEventListener("click", ({ target }) => {
  target.closest("[data-close]")?.closest("dialog")?.close();
  const opener = target.closest("[data-open-dialog]");
  if (opener) open(document.getElementById(opener.dataset.openDialog), opener);
  const chip = target.closest("[data-chips-for] button");
  if (chip) addWords(document.getElementById(chip.parentElement.dataset.chipsFor), chip.textContent);
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
