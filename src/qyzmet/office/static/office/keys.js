// The keys of the office. Whoever does not want single keys switches them off here (WCAG 2.1.4); it is kept in this browser.
const OFF = "qyzmet.keys";
const keysAreOff = () => { try { return window.localStorage.getItem(OFF) === "off"; } catch { return false; } };
const dialog = document.getElementById("keys");
const openers = document.querySelectorAll("[data-opens-keys]");
const show = () => { if (dialog && !dialog.open) dialog.showModal(); };
if (dialog && dialog.showModal) {
  for (const each of openers) { each.hidden = false; each.addEventListener("click", show); }
  const box = dialog.querySelector("input[type=checkbox]");
  box.checked = !keysAreOff();
  box.addEventListener("change", () => {
    try { window.localStorage.setItem(OFF, box.checked ? "on" : "off"); } catch { box.checked = true; }
  });
}
const rowsHere = () => [...document.querySelectorAll("[data-row]")];
const focusRow = (step) => {
  const links = rowsHere().map((row) => row.querySelector("a")).filter(Boolean);
  if (!links.length) return;
  const row = document.activeElement.closest("[data-row]");
  const at = row ? links.indexOf(row.querySelector("a")) : -1;
  links[Math.max(0, Math.min(links.length - 1, at + step))].focus();
};
document.addEventListener("keydown", (event) => {
  if (keysAreOff() || event.ctrlKey || event.metaKey || event.altKey || (dialog && dialog.open)) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const row = event.target.closest("[data-row]");
  if (event.key === "?") { event.preventDefault(); show(); return; }
  if (event.key === "j" || (row && event.key === "ArrowDown")) { event.preventDefault(); focusRow(1); return; }
  if (event.key === "k" || (row && event.key === "ArrowUp")) { event.preventDefault(); focusRow(-1); return; }
  const inRow = row && row.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`);
  if (inRow) { event.preventDefault(); inRow.click(); return; }
  const box = row && event.key === "x" && row.querySelector("input[type=checkbox]");
  if (box) { event.preventDefault(); box.checked = !box.checked; return; }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.focus();
  if (target.dataset.keyOnly !== "focus") target.click();
});
