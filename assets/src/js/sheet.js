// The sheet of an invoice: Resubmit waits until every remark is ticked or answered, a counter follows a short text.
import { enhance } from "./page.js";

enhance("[data-needs-remarks]", (button) => {
  const why = document.getElementById(button.getAttribute("aria-describedby"));
  const rows = [...document.querySelectorAll("[data-remarks] .ak-remark")];
  const settled = (row) => row.querySelector("[type=checkbox]").checked || row.querySelector(".form-control").value.trim();
  const look = () => {
    const open = !rows.every(settled);
    // Not `disabled`: a button that cannot be reached cannot say why.
    button.setAttribute("aria-disabled", String(open));
    why.hidden = !open;
  };
  document.querySelector("[data-remarks]")?.addEventListener("input", look);
  button.addEventListener("click", (event) => {
    if (button.getAttribute("aria-disabled") !== "true") return;
    event.preventDefault();
    rows.find((row) => !settled(row)).querySelector("[type=checkbox]").focus();
  });
  look();
});

enhance("[data-count]", (field) => {
  const counter = document.createElement("div");
  counter.className = "ak-hint";
  field.after(counter);
  const look = () => (counter.textContent = `${field.value.length} / ${field.dataset.count}`);
  field.addEventListener("input", look);
  look();
});
