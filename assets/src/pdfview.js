// Draws a PDF into <div data-pdf="url" data-assets="…/built/pdfjs/">: page under page with selectable text, drawn as
// they come into view. The picture that stood there goes when the first page is ready.
import { getDocument, GlobalWorkerOptions, TextLayer } from "pdfjs-dist";

class Sheet {
  constructor(view, page) {
    this.view = view;
    this.page = page;
    this.box = document.createElement("div");
    this.box.className = "ak-doc-sheet";
    this.box.sheet = this;
  }

  size(scale) {
    this.viewport = this.page.getViewport({ scale });
    this.box.style.width = `${this.viewport.width}px`;
    this.box.style.height = `${this.viewport.height}px`;
    this.box.style.setProperty("--total-scale-factor", scale);
    this.box.replaceChildren();
    this.drawn = false;
  }

  async draw() {
    if (this.drawn) return;
    this.drawn = true;
    const { width, height } = this.viewport;
    const canvas = document.createElement("canvas");
    const density = Math.min(window.devicePixelRatio, 2);
    canvas.width = Math.floor(width * density);
    canvas.height = Math.floor(height * density);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const text = document.createElement("div");
    text.className = "textLayer";
    const transform = density === 1 ? undefined : [density, 0, 0, density, 0, 0];
    await this.page.render({ canvas, viewport: this.viewport, transform }).promise;
    this.box.replaceChildren(canvas, text);
    const source = this.page.streamTextContent();
    await new TextLayer({ textContentSource: source, container: text, viewport: this.viewport }).render();
  }
}

async function load(view) {
  const { assets, pdf } = view.dataset;
  GlobalWorkerOptions.workerSrc = `${assets}pdf.worker.js`;
  return getDocument({
    url: pdf,
    cMapUrl: `${assets}cmaps/`,
    standardFontDataUrl: `${assets}standard_fonts/`,
    wasmUrl: `${assets}wasm/`,
    iccUrl: `${assets}iccs/`,
    isEvalSupported: false,
  }).promise;
}

function watch(view, sheets, tools) {
  const says = tools?.querySelector("[data-page-of]");
  let now = 0;
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) target.sheet.draw();
    },
    { root: view, rootMargin: "400px" },
  );
  sheets.forEach(({ box }) => seen.observe(box));
  const middle = () => {
    const line = view.getBoundingClientRect().top + view.clientHeight / 3;
    const at = sheets.findIndex(({ box }) => box.getBoundingClientRect().bottom > line);
    now = at < 0 ? sheets.length - 1 : at;
    if (says) says.textContent = `${now + 1} / ${sheets.length}`;
  };
  view.addEventListener("scroll", middle, { passive: true });
  middle();
  return (by) => sheets[Math.min(sheets.length - 1, Math.max(0, now + by))].box.scrollIntoView({ block: "start" });
}

export async function draw(view) {
  const pdf = await load(view);
  const numbers = Array.from({ length: pdf.numPages }, (_, index) => index + 1);
  const sheets = await Promise.all(numbers.map(async (number) => new Sheet(view, await pdf.getPage(number))));
  const fitting = () => (view.clientWidth - 32) / sheets[0].page.getViewport({ scale: 1 }).width;
  let scale = fitting();
  sheets.forEach((sheet) => sheet.size(scale));
  await sheets[0].draw();
  view.replaceChildren(...sheets.map(({ box }) => box));
  const tools = view.closest("[data-doc]")?.querySelector("[data-doc-tools]");
  const resize = (wanted) => {
    scale = wanted;
    sheets.forEach((sheet) => sheet.size(scale));
    // The observer tells only of changes; what is in view now is drawn by hand.
    sheets.forEach((sheet) => inView(view, sheet.box) && sheet.draw());
  };
  const turn = watch(view, sheets, tools);
  tools?.addEventListener("click", ({ target }) => {
    const { page, zoom } = target.closest("button")?.dataset ?? {};
    if (page) turn(Number(page));
    if (zoom) resize(Math.min(4, Math.max(0.4, scale * Number(zoom))));
  });
  view.addEventListener("refit", () => resize(fitting()));
  const wanted = sheets[Number(view.dataset.atPage) - 1];
  if (wanted) view.scrollTop = wanted.box.offsetTop - view.offsetTop;
  if (tools) tools.hidden = false;
  view.dataset.drawn = "true";
}

function inView(view, box) {
  const frame = view.getBoundingClientRect();
  const sheet = box.getBoundingClientRect();
  return sheet.bottom > frame.top - 400 && sheet.top < frame.bottom + 400;
}
