// Nothing here is needed to use a page; it only saves clicks.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.once === undefined) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  window.setTimeout(() => { delete form.dataset.sent; }, 8000);
});
const summary = document.querySelector(".errors");
if (summary) summary.focus();
