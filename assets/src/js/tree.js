// The org chart by arrow keys: up and down walk what is in sight, right opens or goes in, left closes or goes out.
import { enhance } from "./page.js";

const inSight = (tree) => [...tree.querySelectorAll("li > a")].filter((link) => link.offsetParent);
const linkOf = (item) => item?.querySelector(":scope > a");

function into(item, fold) {
  if (fold && !fold.open) fold.open = true;
  else if (fold) linkOf(item.querySelector("li"))?.focus();
}

function outOf(item, fold) {
  if (fold?.open) fold.open = false;
  else linkOf(item.parentElement.closest("li"))?.focus();
}

enhance("[data-tree]", (tree) => {
  tree.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const item = event.target.closest("li");
    const fold = item.querySelector(":scope > details");
    const walk = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (walk) {
      const links = inSight(tree);
      const to = links.indexOf(linkOf(item)) + walk;
      links[Math.max(0, Math.min(links.length - 1, to))].focus();
    } else if (event.key === "ArrowRight") into(item, fold);
    else if (event.key === "ArrowLeft") outOf(item, fold);
    else return;
    event.preventDefault();
  });
});
