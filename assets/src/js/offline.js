// Without a connection nothing is decided and nothing typed is lost: what would be sent stays where it is, and says why.
import { say } from "./page.js";

const banner = document.getElementById("offline");

function look() {
  banner.hidden = navigator.onLine;
  for (const button of document.querySelectorAll("form[data-once] button:not([type=button], [data-needs-remarks])")) {
    // Not `disabled`: a button that cannot be reached cannot say why.
    if (navigator.onLine) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
  }
  if (!navigator.onLine) say(banner.textContent.trim(), { urgent: true });
}

if (banner) {
  addEventListener("online", look);
  addEventListener("offline", look);
  // On the way down, so that no other module takes the form for sent.
  addEventListener("submit", (event) => {
    if (navigator.onLine || event.target.method !== "post") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(banner.textContent.trim(), { urgent: true });
  }, { capture: true });
  if (!navigator.onLine) look();
}
