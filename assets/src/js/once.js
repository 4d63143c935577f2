// A form with data-once is sent once: the second press waits for the answer to the first.
import { enhance } from "./page.js";

const release = (form) => {
  delete form.dataset.inFlight;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
};

enhance("form[data-once]", (form) => {
  const hold = (event) => {
    if (form.dataset.inFlight) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.inFlight = "true";
    event.submitter?.setAttribute("aria-busy", "true");
  };
  // Capturing, so that htmx never hears of the second press.
  form.addEventListener("submit", hold, { capture: true });
  form.addEventListener("htmx:finally:request", () => release(form));
});

addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-once]").forEach(release);
});
