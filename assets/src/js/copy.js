// <button data-copy="text"> puts its text on the clipboard, and shows for a moment that it did.
import { say, words } from "./page.js";

const MOMENT = 1500;

// Browsers keep the clipboard from pages that came by plain HTTP; a button that does nothing is worse than none.
if (!navigator.clipboard) document.documentElement.classList.add("ak-no-clipboard");

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  say(words("copied"));
  const icon = button.querySelector("use");
  const drawn = icon.getAttribute("href");
  icon.setAttribute("href", drawn.replace(/#.*/, "#check"));
  setTimeout(() => icon.setAttribute("href", drawn.replace(/#.*/, "#copy")), MOMENT);
});
