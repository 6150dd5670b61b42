// Waits go on while the page is open; without this they stand as they were when it was read.
const began = performance.now();
const tick = () => {
  const gone = Math.floor((performance.now() - began) / 1000);
  for (const each of document.querySelectorAll(".ticking")) {
    const seconds = Number(each.dataset.seconds) + gone, limit = Number(each.dataset.limit);
    const words = limit ? each.dataset.of : each.dataset.gone;
    const text = words.replace("#", String(Math.floor(seconds / 60)));
    if (each.textContent !== text) each.textContent = text;
    if (!limit) continue;
    const sign = seconds > limit * 60 ? "late" : seconds >= limit * 40 ? "soon" : "open";
    each.classList.remove("late", "soon", "open");
    each.classList.add(sign);
  }
};
if (document.querySelector(".ticking")) window.setInterval(tick, 1000);
