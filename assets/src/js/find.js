// The command palette: "/" or Ctrl+K over any page. What the open page offers is named to the server, which knows slips,
// scripts and layouts, and pressed here: the same buttons, so the same checks.
import { Combo } from "./combobox.js";
import { open } from "./dialog.js";

const AREAS = ".ak-decide, .ak-head-actions, [data-offers]";
const CONTROLS = "a[href], button, summary";
const dialog = document.getElementById("find");

function offered() {
  const controls = [...document.querySelectorAll(AREAS)].flatMap((area) => [...area.querySelectorAll(CONTROLS)]);
  return controls.filter((control) => !control.closest("dialog, .ak-menu-list") && (control.checkVisibility?.() ?? true));
}

class Palette extends Combo {
  begin() {
    this.acts = offered();
    this.input.value = "";
    this.ask();
  }

  address() {
    const url = super.address();
    for (const act of this.acts) url.searchParams.append("act", act.textContent.trim());
    return url;
  }

  // The list stays while the dialog is open: only what is on its way is dropped.
  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  show(html) {
    super.show(html);
    if (this.options.length) this.point(0);
  }

  choose(option) {
    const act = this.acts[option.dataset.act];
    if (!act) return super.choose(option);
    dialog.addEventListener("close", () => act.click(), { once: true });
    dialog.close();
  }

  key(event) {
    if (event.key !== "Escape") super.key(event);
  }
}

if (dialog) {
  const palette = new Palette(dialog.querySelector("[data-find]"));
  const begin = (opener) => {
    if (document.querySelector("dialog:modal")) return;
    open(dialog, opener);
    palette.begin();
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-find-open]");
    if (!opener || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    begin(opener);
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.code !== "KeyK") return;
    event.preventDefault();
    begin();
  });
}
