// A toast goes by itself, but never while somebody points at it or stands in it; its action stands elsewhere on the
// page, too. data-until is the end of the undo window.
import { enhance, say } from "./page.js";

const SHORTEST = 6000;

enhance("[data-toast]", (toast) => {
  const bar = toast.querySelector("progress");
  const left = toast.querySelector("[data-left]");
  const end = bar ? Date.parse(toast.dataset.until) : Date.now() + SHORTEST;
  const leaves = Math.max(end, Date.now() + SHORTEST);
  let timer = 0;
  const remove = () => {
    clearInterval(timer);
    toast.remove();
  };
  const tick = () => {
    const seconds = Math.max(0, (end - Date.now()) / 1000);
    if (bar) bar.value = seconds;
    if (left) left.textContent = `(${Math.ceil(seconds)})`;
    // The window has closed: the button would only be refused.
    if (!seconds) toast.querySelector("form")?.remove();
    if (Date.now() > leaves && !toast.matches(":hover, :focus-within")) remove();
  };
  say(toast.querySelector(".ak-toast-text").textContent);
  toast.querySelector("[data-close-toast]").addEventListener("click", remove);
  timer = setInterval(tick, 250);
  tick();
});

// The same button elsewhere on the page.
enhance("form[data-until]", (form) => setTimeout(() => form.remove(), Date.parse(form.dataset.until) - Date.now()));
