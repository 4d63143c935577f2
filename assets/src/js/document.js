// pdf.js is large: it is fetched only by a page that shows a PDF. On a phone, and beside a list, the picture of the
// first page that the server has drawn comes first, and the rest when it is asked for.
import { enhance } from "./page.js";

const narrow = matchMedia("(max-width: 767.98px)");

async function drawAll(view) {
  try {
    const { draw } = await import(view.dataset.module);
    await draw(view);
  } catch {
    // The picture of the first page and the download stay where they are.
    view.dataset.failed = "true";
  }
}

// Beside a list a document is small: it is read across the whole pane, by its button or a click on the page itself.
function widen(view, isWide) {
  const body = view.closest(".ak-preview-body");
  if (!body) return;
  body.classList.toggle("is-wide", isWide);
  view.closest("[data-doc]").querySelector("[data-widen]").setAttribute("aria-pressed", String(isWide));
  view.dispatchEvent(new Event("refit"));
}

enhance("[data-widen]", (button) => {
  const view = button.closest("[data-doc]").querySelector(".ak-doc-view");
  const turn = () => widen(view, button.getAttribute("aria-pressed") !== "true");
  button.addEventListener("click", turn);
  view.addEventListener("click", ({ target }) => target.matches("img") && turn());
});

enhance("[data-pdf]", (view) => {
  const more = view.closest("[data-doc]").querySelector("[data-all-pages]");
  const pictureDoes = view.querySelector("img") && ("firstPage" in view.dataset || narrow.matches);
  if (!more || !pictureDoes) {
    drawAll(view);
    return;
  }
  more.hidden = false;
  more.addEventListener("click", () => {
    widen(view, true);
    more.remove();
    view.focus();
    drawAll(view);
  });
});
