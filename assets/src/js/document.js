// pdf.js is large: it is fetched only by a page that shows a PDF.
import { enhance } from "./page.js";

enhance("[data-pdf]", async (view) => {
  try {
    const { draw } = await import(view.dataset.module);
    await draw(view);
  } catch {
    // The picture of the first page and the download stay where they are.
    view.dataset.failed = "true";
  }
});
