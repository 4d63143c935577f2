// The combobox of the ARIA practices: an input, a list the server fills (parts/options.html), a hidden value.
import { enhance, say } from "./page.js";

const PAUSE = 200;

export class Combo {
  constructor(box) {
    this.words = box.dataset;
    this.input = box.querySelector("[role=combobox], textarea");
    this.list = box.querySelector("[role=listbox]");
    this.value = box.querySelector("input[type=hidden]");
    this.active = -1;
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]:not([aria-disabled])")];
  }

  typed() {
    if (this.value) this.value.value = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.address(), { headers: { "HX-Request": "true" }, signal: this.asking.signal });
      if (answer.ok && !answer.redirected) this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  address() {
    const url = new URL(this.words.url, location.href);
    url.searchParams.set("q", this.input.value);
    url.searchParams.set("list", this.list.id);
    return url;
  }

  show(html) {
    if (document.activeElement !== this.input) return;
    this.list.innerHTML = html;
    const found = this.options.length;
    if (this.words.makes && this.input.value.trim()) this.offerNew();
    else if (!found) {
      const none = document.createElement(this.list.matches("ul") ? "li" : "div");
      none.role = "option";
      none.ariaDisabled = "true";
      none.ariaSelected = "false";
      none.textContent = this.words.noneText;
      this.list.replaceChildren(none);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(-1);
    say(found ? `${this.words.countText} ${found}` : this.words.noneText);
  }

  // What is not there yet is begun from the list: its fields open with what was typed.
  offerNew() {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `${this.list.id}-new`;
    option.dataset.new = "";
    option.ariaSelected = "false";
    option.textContent = `+ ${this.words.makeText}: ${this.input.value.trim()}`;
    this.list.append(option);
  }

  beginNew() {
    const fields = document.getElementById(this.words.makes);
    const [name, number] = fields.querySelectorAll("input");
    const typed = this.input.value.trim();
    const [kept, empty] = /^\d+$/.test(typed) ? [number, name] : [name, number];
    kept.value = typed;
    this.input.value = "";
    this.close();
    fields.open = true;
    empty.focus();
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  }

  point(index) {
    this.active = index;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.options[index];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  choose(option) {
    if (option.hasAttribute("aria-disabled")) return;
    if (option.dataset.href) {
      location.assign(option.dataset.href);
      return;
    }
    if ("new" in option.dataset) {
      this.beginNew();
      return;
    }
    this.value.value = option.dataset.value;
    this.input.value = option.dataset.text;
    this.close();
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    // A late answer must not open the list again.
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  arrow(event) {
    event.preventDefault();
    if (this.list.hidden) {
      this.ask();
      return;
    }
    const count = this.options.length;
    const by = event.key === "ArrowDown" ? 1 : -1;
    const from = this.active < 0 && by < 0 ? 0 : this.active;
    if (count) this.point((from + by + count) % count);
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.arrow(event);
    if (this.list.hidden) return;
    if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
  }
}

enhance("[data-combo]", (box) => new Combo(box));
