// What was refused of a field is no longer said once the field changes; the list above stays until it is sent again.
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[aria-invalid]")) return;
  target.removeAttribute("aria-invalid");
  const error = target.closest(".ak-field")?.querySelector(".ak-error");
  if (error) error.hidden = true;
});
