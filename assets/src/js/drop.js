// The drop zone: several files with a purpose each, checked before they travel. The files stay in the one native
// input, so the form posts the same with and without script; `purposes` comes in the order of `files`.
import { enhance, language, say } from "./page.js";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

function size(bytes) {
  const power = Math.min(3, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  const format = new Intl.NumberFormat(language, { style: "unit", unit: UNITS[power], maximumFractionDigits: 1 });
  return format.format(bytes / 1024 ** power);
}

class Drop {
  constructor(field) {
    this.field = field;
    this.input = field.querySelector("input[type=file]");
    this.list = field.querySelector("[data-drop-list]");
    this.files = [];
    this.sent = Promise.resolve();
    this.underWay = 0;
    field.classList.add("is-enhanced");
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    // Before anybody else hears of it: what has not arrived yet would be missing in the form.
    document.addEventListener("submit", (event) => this.holdBack(event), { capture: true });
    this.watch(field.querySelector(".ak-drop"));
    this.folded = field.closest("details");
    if (this.folded) this.watch(this.folded.querySelector("summary"));
  }

  watch(zone) {
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("is-over");
      this.folded?.setAttribute("open", "");
      this.add([...event.dataTransfer.files]);
    });
  }

  add(added) {
    for (const file of added) {
      if (this.files.some(({ name, size: bytes }) => name === file.name && bytes === file.size)) continue;
      const trouble = this.trouble(file);
      if (trouble) say(`${file.name}: ${trouble}`, { urgent: true });
      else if (this.field.dataset.uploadUrl) {
        // One after another: what a file is taken for depends on those that arrived before it.
        this.underWay += 1;
        this.sent = this.sent.then(() => this.upload(file)).then(() => (this.underWay -= 1));
        continue;
      } else this.files.push(file);
      this.list.append(this.line(file, trouble));
    }
    this.keep();
  }

  async holdBack(event) {
    const { target: form, submitter } = event;
    if (!this.underWay || form !== this.input.form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.isHeld) return;
    this.isHeld = true;
    submitter?.setAttribute("aria-busy", "true");
    say(this.field.dataset.waitsText);
    while (this.underWay) await this.sent;
    this.isHeld = false;
    form.requestSubmit(submitter);
  }

  // Sent at once, so that the document stands beside the form while it is filled in. What fails stays in the input.
  async upload(file) {
    const { uploadUrl, list: id, failedText } = this.field.dataset;
    const bar = this.field.querySelector("progress");
    const list = document.getElementById(id);
    const body = new FormData();
    body.append("file", file);
    body.append("purpose", list.querySelector("[data-kept]") ? "OTHER" : "INVOICE");
    body.append("csrfmiddlewaretoken", this.input.form.elements.csrfmiddlewaretoken.value);
    bar.hidden = false;
    bar.removeAttribute("value");
    try {
      const answer = await fetch(uploadUrl, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (answer.redirected || ![200, 422].includes(answer.status)) throw new Error(answer.statusText);
      this.show(await answer.text(), list);
    } catch {
      this.files.push(file);
      this.list.append(this.line(file, ""));
      this.keep();
      say(`${file.name}: ${failedText}`, { urgent: true });
    }
    bar.hidden = true;
  }

  show(html, list) {
    list.insertAdjacentHTML("beforeend", html);
    const view = list.querySelector("template[data-viewer]");
    const viewer = document.getElementById("viewer");
    if (view && viewer && !viewer.firstElementChild) viewer.append(view.content);
    view?.remove();
    say(list.lastElementChild.textContent.trim(), { urgent: Boolean(list.lastElementChild.querySelector(".ak-error")) });
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    document.dispatchEvent(new CustomEvent("htmx:after:settle"));
  }

  trouble({ size: bytes }) {
    if (bytes === 0) return this.field.dataset.isEmpty;
    const limit = Number(this.field.dataset.limit);
    return limit && bytes > limit ? this.field.dataset.tooBig : "";
  }

  line(file, trouble) {
    const line = this.field.querySelector("template").content.firstElementChild.cloneNode(true);
    const { purposeText, removeText } = this.field.dataset;
    line.querySelector("[data-name]").textContent = file.name;
    line.querySelector("[data-size]").textContent = size(file.size);
    const remove = line.querySelector("[data-remove]");
    const purpose = line.querySelector("select");
    purpose?.setAttribute("aria-label", `${purposeText}: ${file.name}`);
    if (purpose) {
      purpose.disabled = false;
      // The document itself comes first, what belongs to it after.
      if (this.list.querySelector("select")) purpose.value = "OTHER";
    }
    if (trouble) {
      const error = document.createElement("div");
      error.className = "ak-error";
      error.textContent = trouble;
      purpose?.remove();
      remove.before(error);
    }
    remove.setAttribute("aria-label", `${removeText}: ${file.name}`);
    remove.addEventListener("click", () => this.remove(file, line));
    return line;
  }

  remove(file, line) {
    this.files = this.files.filter((known) => known !== file);
    line.remove();
    this.keep();
    this.input.focus();
  }

  keep() {
    const carrier = new DataTransfer();
    this.files.forEach((file) => carrier.items.add(file));
    this.input.files = carrier.files;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

enhance("[data-drop]", (field) => new Drop(field));

// A large file takes its time: the bar under the zone follows the upload of an htmx form.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const bar = ctx.sourceElement?.closest?.("form")?.querySelector("[data-drop] progress");
  if (!bar || !ctx.sourceElement.matches("form, [type=submit]")) return;
  bar.hidden = false;
  bar.removeAttribute("value");
});
document.addEventListener("submit", ({ target }) => {
  const drop = target.querySelector?.("[data-drop]");
  if (!drop?.querySelector("input[type=file]").files.length) return;
  const bar = drop.querySelector("progress");
  bar.hidden = false;
  bar.removeAttribute("value");
});
