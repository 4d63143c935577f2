// Draws a PDF into every <div data-pdf="url" data-assets="…/built/pdfjs/">, page under page.
import { getDocument, GlobalWorkerOptions } from "pdfjs-dist";

async function drawPage(page, box) {
  const scale = (box.clientWidth / page.getViewport({ scale: 1 }).width) * window.devicePixelRatio;
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  canvas.className = "w-100";
  box.append(canvas);
  await page.render({ canvas, viewport }).promise;
}

async function draw(box) {
  const assets = box.dataset.assets;
  GlobalWorkerOptions.workerSrc = `${assets}pdf.worker.js`;
  const pdf = await getDocument({
    url: box.dataset.pdf,
    cMapUrl: `${assets}cmaps/`,
    standardFontDataUrl: `${assets}standard_fonts/`,
    wasmUrl: `${assets}wasm/`,
    iccUrl: `${assets}iccs/`,
    isEvalSupported: false,
  }).promise;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    await drawPage(await pdf.getPage(number), box);
  }
  box.dataset.drawn = "true";
}

for (const box of document.querySelectorAll("[data-pdf]")) {
  draw(box).catch(() => box.setAttribute("data-failed", "true"));
}
