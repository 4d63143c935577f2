// What the current row of the inbox is about, beside the list: loaded when one stands in a row, its neighbours ahead
// of time. Until it is there nothing can be decided: what stands in the pane is always what the row says.
import htmx from "htmx.org";
import { say } from "./page.js";
import { rows, stand } from "./keys.js";

// Long enough to go on to the neighbour; what was decided on an old revision is refused anyway.
const KEPT_FOR = 20000;
const wide = matchMedia("(min-width: 1200px)");
const pane = document.getElementById("preview");
const kept = new Map();
let wanted = "";

function fetched(url) {
  const known = kept.get(url);
  if (known && Date.now() - known.at < KEPT_FOR) return known.html;
  const html = fetch(url, { headers: { "HX-Request": "true" } }).then((answer) => {
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    return answer.text();
  });
  html.catch(() => kept.delete(url));
  kept.set(url, { at: Date.now(), html });
  return html;
}

function place(isThere) {
  pane.hidden = !isThere;
  pane.parentElement.toggleAttribute("data-beside", isThere);
}

function wait() {
  place(true);
  pane.setAttribute("aria-busy", "true");
  const lines = Array.from({ length: 4 }, () => {
    const line = document.createElement("span");
    line.className = "ak-skeleton";
    return line;
  });
  const box = document.createElement("div");
  box.className = "ak-pane-wait";
  box.append(...lines);
  pane.replaceChildren(box);
}

// What is asked for next is shown anew, be it the same; what was fetched of a case that was acted on is out of date.
export function forget(acted) {
  wanted = "";
  for (const url of kept.keys()) if (acted && url.includes(acted)) kept.delete(url);
}

export async function show(row) {
  if (!pane || !wide.matches || !row?.dataset.preview || row.dataset.preview === wanted) return;
  const url = (wanted = row.dataset.preview);
  wait();
  try {
    const html = await fetched(url);
    if (wanted !== url) return;
    pane.innerHTML = html;
    pane.dataset.shown = url;
    htmx.process(pane);
  } catch {
    if (wanted !== url) return;
    wanted = "";
    const said = document.createElement("p");
    said.className = "ak-pane-wait";
    said.textContent = pane.dataset.failedText;
    pane.replaceChildren(said);
    say(pane.dataset.failedText, { urgent: true });
  }
  pane.removeAttribute("aria-busy");
  document.dispatchEvent(new CustomEvent("htmx:after:settle"));
  document.dispatchEvent(new CustomEvent("previewed"));
  const all = rows();
  const here = all.indexOf(row);
  for (const near of [all[here + 1], all[here - 1]]) if (near?.dataset.preview) fetched(near.dataset.preview).catch(() => {});
}

// Another file of the same document, without leaving the list.
function turnTo(event, link) {
  const file = new URL(link.href).searchParams.get("file");
  const url = new URL(pane.dataset.shown, location.href);
  url.searchParams.set("file", file);
  event.preventDefault();
  fetched(url.href).then((html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-doc]");
    pane.querySelector("[data-doc]").replaceWith(document.adoptNode(fresh));
    document.dispatchEvent(new CustomEvent("htmx:after:settle"));
    fresh.querySelector("[aria-current]").focus();
  }, () => location.assign(link.href));
}

export function clear() {
  wanted = "";
  pane?.replaceChildren();
  if (pane) place(false);
}

// The first row without taking the focus: whoever comes to the page has not chosen anything yet.
export function begin(at = 0, focus = false) {
  const all = rows();
  if (!pane || !wide.matches || !all.length) return all.length ? undefined : clear();
  return stand(at, focus);
}

// Its bar stays in sight whatever stands above it: a hint, a refusal, nothing after scrolling.
function fit() {
  const top = Math.max(pane.getBoundingClientRect().top, Number.parseFloat(getComputedStyle(pane).top));
  pane.style.setProperty("--pane-top", `${Math.round(top)}px`);
}

if (pane) {
  fit();
  addEventListener("scroll", fit, { passive: true });
  addEventListener("resize", fit);
  new ResizeObserver(fit).observe(document.getElementById("main"));
  const list = document.querySelector("[data-inbox]");
  document.addEventListener("stand", ({ target }) => show(target));
  pane.addEventListener("click", (event) => {
    const link = event.target.closest("[data-file]");
    if (link) turnTo(event, link);
  });
  list.addEventListener("focusin", ({ target }) => {
    const row = target.closest("[data-preview]");
    if (row && !row.classList.contains("is-now")) stand(rows().indexOf(row), false);
  });
  list.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-preview]");
    if (row && wide.matches && !target.closest("a, button, input, label, summary, dialog")) stand(rows().indexOf(row));
  });
  wide.addEventListener("change", () => (wide.matches ? begin() : clear()));
  if (!document.querySelector("[data-row].is-now")) begin();
}
