// What the other modules share: words of the page, the live regions, and being told of new content.
export const words = (name) => document.body.dataset[`${name}Text`] ?? "";
export const language = document.documentElement.lang;

export function say(text, { urgent = false } = {}) {
  const region = document.getElementById(urgent ? "alert" : "status");
  region.textContent = "";
  // A screen reader speaks only what changes after it has looked.
  setTimeout(() => (region.textContent = text), 50);
}

// Runs at once for what matches, and again for whatever a fragment brings in.
export function enhance(selector, begin) {
  const seen = new WeakSet();
  const look = () => {
    for (const element of document.querySelectorAll(selector)) {
      if (seen.has(element)) continue;
      seen.add(element);
      begin(element);
    }
  };
  look();
  document.addEventListener("htmx:after:settle", look);
}

const TYPING = "textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
export const isTyping = (element) => element?.isContentEditable || element?.matches?.(TYPING);
