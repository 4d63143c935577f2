// Everything here only adds speed: each page works by plain form posts without it.
import "htmx.org";
import "./js/calendar.js";
import "./js/combobox.js";
import "./js/copy.js";
import "./js/dialog.js";
import "./js/document.js";
import "./js/drafts.js";
import "./js/drop.js";
import "./js/keys.js";
import "./js/live.js";
import "./js/once.js";
import "./js/requests.js";
import "./js/routes.js";
import "./js/rows.js";
import "./js/sheet.js";
import "./js/times.js";
import "./js/toasts.js";
