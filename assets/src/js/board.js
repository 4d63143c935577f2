// Dropping a card on a column opens the act that leads there, as its "Move to…" menu does: same form, same checks.
import { open } from "./dialog.js";
import { enhance, say } from "./page.js";

let dragged = null;

const move = (lane) => dragged?.querySelector(`[data-to="${lane.dataset.lane}"]`);

function mark(board) {
  for (const lane of board.querySelectorAll("[data-lane]")) {
    const why = move(lane)?.dataset.why ?? "";
    const told = lane.querySelector(".ak-lane-why");
    lane.classList.toggle("is-barred", Boolean(why));
    told.textContent = why;
    told.hidden = !why;
  }
}

function clear(board) {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  mark(board);
  board.querySelectorAll(".is-over").forEach((lane) => lane.classList.remove("is-over"));
}

enhance("[data-board]", (board) => {
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-drag]");
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
    // What changes while the drag begins would end it in Chromium.
    setTimeout(() => mark(board));
  });
  board.addEventListener("dragend", () => clear(board));
  for (const lane of board.querySelectorAll("[data-lane]")) {
    lane.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      if (move(lane)?.href) lane.classList.add("is-over");
    });
    lane.addEventListener("dragleave", () => lane.classList.remove("is-over"));
    lane.addEventListener("drop", (event) => {
      event.preventDefault();
      const to = move(lane);
      clear(board);
      if (to?.href) location.assign(to.href);
      else if (to) say(to.dataset.why, { urgent: true });
    });
  }
});

// "#do-return" opens the form of that act; one that needs none only gets the focus, for an address acts on nothing.
function begin() {
  const verb = /^#do-([a-z-]+)$/.exec(location.hash)?.[1];
  const acts = (area) => document.querySelector(`${area} form[action$="/act/${verb}/"]`);
  const form = verb && (acts(".ak-decide") ?? acts("main"));
  if (!form) return;
  const dialog = form.closest("dialog");
  if (dialog) open(dialog, document.getElementById("main"));
  else form.querySelector("button:not([type=button])")?.focus();
}

begin();
addEventListener("hashchange", begin);
