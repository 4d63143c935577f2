// The discussion: people are offered after an @, the page of the viewer is named in the message, what is seen counts as read.
import { Combo } from "./combobox.js";
import { enhance } from "./page.js";

// A Russian name begins with a sign when its keys write Latin: @,jhbc.
const CALLED = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_,.;'[\]`][^\n@]{0,40})?$/u;

function insert(field, from, text) {
  field.focus();
  field.setRangeText(text, from, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

class Names extends Combo {
  constructor(box) {
    box.dataset.url = box.dataset.names;
    super(box);
  }

  get called() {
    const before = this.input.value.slice(0, this.input.selectionEnd);
    return before.match(CALLED);
  }

  typed() {
    clearTimeout(this.timer);
    if (this.called) this.timer = setTimeout(() => this.ask(), 200);
    else this.close();
  }

  address() {
    const url = super.address();
    url.searchParams.set("q", this.called?.[1] ?? "");
    return url;
  }

  show(html) {
    if (!this.called) return;
    super.show(html);
    if (this.options.length) this.point(0);
    else this.close();
  }

  choose(option) {
    const start = this.input.value.lastIndexOf("@", this.input.selectionEnd - 1);
    this.close();
    insert(this.input, start, `@${option.dataset.text} `);
    this.close();
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: "mention", value: option.dataset.value });
    this.input.form.append(chosen);
  }

  // Arrows move in the text unless somebody is offered.
  key(event) {
    if (this.list.hidden) return;
    if (event.key === "Tab" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    } else super.key(event);
  }
}

enhance("[data-names]", (box) => new Names(box));

// "invoice.pdf, p. 3"
enhance("[data-cite]", (button) => {
  button.addEventListener("click", () => {
    const field = document.getElementById("comment");
    const view = button.closest("[data-doc]").querySelector("[data-pdf]");
    const page = button.closest("[data-doc-tools]").querySelector("[data-page-of]").textContent.split(" ")[0];
    const short = document.documentElement.lang === "ru" ? "с." : "p.";
    insert(field, field.selectionEnd, `${view.dataset.name}, ${short} ${page} `);
  });
});

async function markRead() {
  const form = document.getElementById("read");
  if (!form || document.hidden || Number(form.dataset.readUpto) <= Number(form.dataset.read)) return;
  form.dataset.read = form.dataset.readUpto;
  await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
}

enhance("[data-talk]", (talk) => {
  // Only what is on the screen is read.
  const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && markRead());
  const watch = () => {
    seen.disconnect();
    const last = talk.querySelector(".ak-thread > :last-child");
    if (last) seen.observe(last);
  };
  watch();
  talk.addEventListener("htmx:after:settle", watch);
  document.addEventListener("visibilitychange", watch);
});
