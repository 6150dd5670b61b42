// While an application is keyed in: what was said so far is asked about, and the answer stands beside the form.
const form = document.querySelector("form.intake");
const place = document.getElementById("warnings");
let waiting = 0, asked = 0;
const said = () => {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") data.append(name, value);
    else if (value.name && name.startsWith("file.")) data.append(`given.${name.slice(5)}`, "yes");
  }
  return data;
};
const ask = async () => {
  const mine = ++asked;
  const answer = await fetch(form.dataset.check, { method: "POST", body: said(), credentials: "same-origin" });
  if (!answer.ok || answer.redirected || mine !== asked) return; // redirected: the session has ended
  const read = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...read.body.childNodes);
};
if (form && place && form.dataset.check) {
  form.addEventListener("change", (event) => {
    const file = event.target;
    if (file.type === "file" && file.files.length) {
      const given = document.getElementById(`given-${file.name.slice(5)}`);
      if (given) given.checked = true;
    }
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => { ask().catch(() => {}); }, 250);
  });
}
