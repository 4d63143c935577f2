// Keeps an open page fresh. The stream only names what is out of date; whoever shows it fetches it: elements with
// hx-trigger="live-feed from:body" and the like. Without the stream the page looks by itself now and then.
import { say } from "./page.js";

const LOOK_EVERY = 20000;
const url = document.body.dataset.live;
let since = "";
let stream = null;
let timer = 0;

const announce = (part) => document.body.dispatchEvent(new CustomEvent(`live-${part}`));

function tell({ parts }) {
  // Bell and menu are fetched together.
  if (parts.includes("tasks") || parts.includes("notices")) announce("counts");
  parts.forEach(announce);
}

const tellAll = () => tell({ parts: ["feed", "tasks", "notices", "case"] });

// What the page was told of and could not fetch is fetched later: the stream does not tell it again.
let missed = 0;
const isOwn = (element) => element?.matches?.("[hx-trigger^=live-]");

function lookLater() {
  missed ||= setTimeout(lookAgain, LOOK_EVERY);
}

function lookAgain() {
  clearTimeout(missed);
  missed = 0;
  tellAll();
}

document.addEventListener("htmx:error", ({ target }) => isOwn(target) && lookLater());
document.addEventListener("htmx:before:response", (event) => {
  const { sourceElement, response } = event.detail.ctx;
  // A server that is started again, or the proxy in front of it, has nothing to show here.
  if (!isOwn(sourceElement) || response.status < 400) return;
  event.preventDefault();
  if (response.status >= 500) lookLater();
});
addEventListener("online", () => missed && lookAgain());

function look() {
  tellAll();
  // The browser comes back by itself unless it was refused.
  if (stream?.readyState === EventSource.CLOSED) listen();
}

function listen() {
  stream?.close();
  const address = new URL(url, location);
  if (since) address.searchParams.set("since", since);
  stream = new EventSource(address);
  stream.onopen = () => (timer = clearInterval(timer));
  stream.onerror = () => (timer ||= setInterval(look, LOOK_EVERY));
  stream.onmessage = ({ data, lastEventId }) => {
    since = lastEventId;
    tell(JSON.parse(data));
  };
}

function rest() {
  stream?.close();
  stream = null;
  timer = clearInterval(timer);
}

// Whoever leaves the page waits for none of this, and a request that is cut off would count as failed.
addEventListener("beforeunload", () => {
  for (const part of document.querySelectorAll("[hx-trigger^=live-]")) part.dispatchEvent(new CustomEvent("htmx:abort"));
});

// A browser keeps six connections to a server: a page that nobody looks at must not hold one.
if (url) {
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", ({ persisted }) => persisted && !document.hidden && listen());
  if (!document.hidden) listen();
}

// What the bell says is said aloud when it has become more, once.
const bell = document.getElementById("bell");
const unread = () => Number(bell.querySelector("[data-unread]")?.dataset.unread ?? 0);
if (bell) {
  let known = unread();
  bell.addEventListener("htmx:after:settle", () => {
    const now = unread();
    if (now > known) say(bell.querySelector("a").getAttribute("aria-label"));
    known = now;
  });
}
