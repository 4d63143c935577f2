// <button data-copy="text"> puts its text on the clipboard.
import { say, words } from "./page.js";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  say(words("copied"));
});
