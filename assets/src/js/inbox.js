// My tasks: what is decided leaves at once, and the next row, its preview fetched before, takes its place. The form is
// sent without leaving the page; what the server answers is the page that a browser without script would come to.
import htmx from "htmx.org";
import { begin, clear, forget } from "./preview.js";
import { rows, stand, current } from "./keys.js";
import { say, words } from "./page.js";
import { draftName } from "./drafts.js";

const inbox = document.querySelector("[data-inbox]");
const RENEWED = ["inbox", "inbox-tabs", "toasts", "nav-tasks", "bottom-tasks"];

function renew(page) {
  const ticked = new Set([...inbox.querySelectorAll("[data-row] input:checked")].map(({ value }) => value));
  for (const id of RENEWED) {
    const fresh = page.getElementById(id);
    const stale = document.getElementById(id);
    if (fresh && stale) stale.replaceWith(document.adoptNode(fresh));
  }
  htmx.process(document.getElementById("inbox"));
  document.dispatchEvent(new CustomEvent("htmx:after:settle"));
  for (const box of inbox.querySelectorAll("[data-row] input[type=checkbox][name]")) {
    if (ticked.has(box.value)) box.click();
  }
}

function closeDialogs() {
  document.querySelectorAll("dialog:modal").forEach((dialog) => dialog.close());
}

function refused(html, row) {
  closeDialogs();
  row?.classList.remove("is-leaving");
  // In sight: beside the list, or above it where there is no room beside.
  const place = [...document.querySelectorAll("[data-refused]")].reverse().find((one) => one.parentElement.checkVisibility());
  place.innerHTML = html;
  place.querySelector("[data-focus-after]")?.focus();
  say(place.textContent.trim(), { urgent: true });
}

function come(html, form, row, place) {
  sessionStorage.removeItem(draftName(form.dataset.draftKey));
  closeDialogs();
  const [, acted, verb] = /\/cases\/([^/]+)\/act\/([^/]+)\//.exec(form.action) ?? [];
  const undone = verb === "undo" && acted;
  const woken = /\/tasks\/([^/]+)\/wake/.exec(form.action)?.[1];
  forget(acted);
  renew(new DOMParser().parseFromString(html, "text/html"));
  const back = rows().findIndex(({ id, dataset }) => (undone && dataset.case === undone) || id === `task-${woken}`);
  if (!rows().length) {
    clear();
    document.getElementById("heading").focus();
  } else if (begin(back >= 0 ? back : place, true) === undefined) stand(back >= 0 ? back : place);
}

async function send(form, submitter) {
  const row = form.closest("[data-row]") ?? (form.closest("#preview") && current());
  const place = Math.max(0, rows().indexOf(row));
  const body = new FormData(form, submitter);
  // What was typed is forgotten here, not by the next page.
  body.delete("draft");
  row?.classList.add("is-leaving");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    const there = new URL(answer.url).pathname;
    if (answer.redirected && there !== location.pathname) return location.assign(answer.url);
    const html = await answer.text();
    if (answer.ok) come(html, form, row, place);
    else refused(html, row);
  } catch {
    // Nothing was decided, and what was typed stays where it is.
    row?.classList.remove("is-leaving");
    say(words("failed"), { urgent: true });
  }
  form.dispatchEvent(new Event("htmx:finally:request"));
}

if (inbox) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (!form.closest("[data-inbox], #toasts") && !form.matches("[data-of-inbox]")) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}
