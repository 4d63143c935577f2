// Tabs that do not fit a phone are scrolled to the one that is open.
import { enhance } from "./page.js";

enhance(".ak-tabs [aria-current]", (tab) => {
  const tabs = tab.parentElement;
  tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.clientWidth) / 2;
});
