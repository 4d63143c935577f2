// htmx sets neither aria-busy nor focus nor words for a failure: these do.
import { keepDrafts } from "./drafts.js";
import { say, words } from "./page.js";

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  ctx.target?.setAttribute?.("aria-busy", "true");
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  ctx.target?.removeAttribute?.("aria-busy");
});

// An expired log-in answers with the log-in page; put in place of a fragment it would be nonsense.
document.addEventListener("htmx:before:response", (event) => {
  const { raw, status } = event.detail.ctx.response;
  const login = document.body.dataset.loginUrl;
  const sentAway = raw.redirected && new URL(raw.url).pathname === login;
  if (status !== 401 && !sentAway) return;
  event.preventDefault();
  // What the page asks by itself tears nobody away from what they type.
  if (event.detail.ctx.sourceElement?.matches("[hx-trigger^=live-]")) return;
  keepDrafts();
  const here = location.pathname + location.search;
  location.assign(`${login}?next=${encodeURIComponent(here)}`);
});

document.addEventListener("htmx:error", ({ target }) => {
  // Nobody has asked for what the page fetches by itself; the banner says that there is no connection.
  if (!target.matches?.("[hx-trigger^=live-]")) say(words("failed"), { urgent: true });
});

function focusWanted() {
  const wanted = document.querySelector("[data-focus-after]");
  wanted?.removeAttribute("data-focus-after");
  wanted?.focus();
}

document.addEventListener("htmx:after:settle", focusWanted);
// A page that comes with errors begins at them, with or without htmx.
focusWanted();
