// Attaching files by dropping them, with what they are before they are sent and how far they have got.
// Without this the page works by its own inputs and buttons.
const LARGEST = 10 * 1024 * 1024;
const KINDS = [["PDF", [0x25, 0x50, 0x44, 0x46, 0x2d]], ["PNG", [0x89, 0x50, 0x4e, 0x47]], ["JPEG", [0xff, 0xd8, 0xff]]];
const form = document.querySelector("form[data-uploads]");
const said = form && form.querySelector("[data-said]");
let waiting = [], looking = 0, busy = false, sendAfter = null;

const tell = (text) => { if (said) said.textContent = text; };
const make = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};
const size = (bytes) => {
  const big = bytes >= 1024 * 1024;
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: big ? 1 : 0 });
  return `${number.format(big ? bytes / (1024 * 1024) : Math.ceil(bytes / 1024))} ${big ? form.dataset.mb : form.dataset.kb}`;
};
const kindOf = async (file) => {
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const found = KINDS.find(([, start]) => start.every((byte, at) => head[at] === byte));
  return found ? found[0] : "";
};
const WORDS = { "bad-empty": "badEmpty", "bad-size": "badSize", "bad-type": "badType" };
const faultOf = (file, kind) => {
  if (file.size === 0) return "bad-empty";
  if (file.size > LARGEST) return "bad-size";
  return kind ? "" : "bad-type";
};
// What was not sent is named to the server, which says it again before one goes on without it.
const bad = (line, why, name) => { line.className = "bad"; line.dataset.fault = `${why}:${name}`; };
const confess = () => {
  form.querySelectorAll("input[data-refused]").forEach((each) => each.remove());
  for (const line of form.querySelectorAll("li.bad[data-fault]")) {
    const input = make("input"), key = line.closest("[data-upload]").querySelector("input[type=file]").name;
    Object.assign(input, { type: "hidden", name: `refused.${key}`, value: line.dataset.fault });
    input.dataset.refused = "";
    form.append(input);
  }
};
// A picture is drawn on a canvas: no address is made for it, so the page's policy stays as strict as it is.
const thumb = async (file, kind) => {
  if (kind !== "PNG" && kind !== "JPEG") return make("span", "thumb", kind || "?");
  try {
    const picture = await createImageBitmap(file, { resizeWidth: 56, resizeHeight: 56 });
    const canvas = make("canvas", "thumb");
    canvas.width = canvas.height = 56;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return canvas;
  } catch { return make("span", "thumb", kind); }
};
const listIn = (field) => {
  let list = field.querySelector(".sending:not(.refused)");
  if (!list) { list = make("ul", "sending"); field.querySelector(".drop").after(list); }
  return list;
};
const lineFor = async (field, file) => {
  const kind = await kindOf(file), fault = faultOf(file, kind), line = make("li");
  const what = make("span", "what", file.name);
  what.append(" ", make("span", "soft small", [kind, size(file.size)].filter(Boolean).join(", ")));
  if (fault) { bad(line, fault, file.name); what.append(make("span", "small", form.dataset[WORDS[fault]])); }
  const picture = await thumb(file, kind);
  picture.setAttribute("aria-hidden", "true");
  line.append(picture, what);
  listIn(field).append(line);
  if (fault) tell(`${file.name}: ${form.dataset[WORDS[fault]]}`);
  return { line, fault };
};
const removal = (line, name, done) => {
  const button = make("button", "link", form.dataset.remove);
  button.type = "button";
  button.append(make("span", "away", `: ${name}`));
  button.addEventListener("click", () => { done(); line.remove(); });
  line.append(button);
};

// Whoever goes on while files are still looked at or sent is taken further once that is done; no file is left behind.
const underWay = () => looking > 0 || busy || waiting.length > 0;
const goOn = () => {
  if (!sendAfter || underWay()) return;
  const button = sendAfter;
  sendAfter = null;
  form.requestSubmit(button);
};
// Kept as they come: one after another, with how far each has got.
const next = () => {
  if (busy || !waiting.length) return;
  busy = true;
  const { field, file, line } = waiting.shift(), bar = make("progress"), data = new FormData(), call = new XMLHttpRequest();
  bar.max = file.size; bar.value = 0;
  bar.setAttribute("aria-label", `${form.dataset.progress}: ${file.name}`);
  line.insertBefore(bar, line.querySelector("button"));
  tell(`${form.dataset.sending} ${file.name}`);
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.append("keep", "1");
  data.append(field.querySelector("input[type=file]").name, file);
  call.upload.addEventListener("progress", (event) => { bar.value = Math.min(event.loaded, file.size); });
  const failed = () => { bar.remove(); bad(line, "failed", file.name); line.append(make("span", "small", form.dataset.failed)); tell(form.dataset.failed); };
  const ended = () => { busy = false; next(); goOn(); };
  call.addEventListener("load", () => { if (!taken(field, call.responseText, line)) failed(); else if (call.status === 200) tell(`${form.dataset.sent} ${file.name}`); ended(); });
  call.addEventListener("error", () => { failed(); ended(); });
  call.addEventListener("abort", ended);
  line.querySelector("button").addEventListener("click", () => call.abort());
  call.open("POST", window.location.href);
  call.send(data);
};
// What the server says of the field, its list and its fault, takes the place of what stood there.
const taken = (field, html, line) => {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(field.id), drop = field.querySelector(".drop");
  if (!fresh) return false;
  line.remove();
  field.className = fresh.className;
  field.querySelectorAll(":scope > .attached, :scope > .error, :scope > .refused").forEach((each) => each.remove());
  fresh.querySelectorAll(":scope > .attached, :scope > .error, :scope > .refused").forEach((each) => drop.before(document.importNode(each, true)));
  const error = field.querySelector(".error");
  if (error) tell(error.textContent);
  return true;
};
const sendNow = async (field, files) => {
  for (const file of files) {
    const { line, fault } = await lineFor(field, file), one = { field, file, line };
    removal(line, file.name, () => { waiting = waiting.filter((each) => each !== one); });
    if (!fault) waiting.push(one);
  }
  next();
};

// Sent with the form: the input keeps them, dropped or chosen; those that would be refused are left out.
const keepLater = async (field, input, files) => {
  const kept = input.kept || (input.kept = new DataTransfer());
  for (const file of files) {
    const { line, fault } = await lineFor(field, file);
    if (!fault) kept.items.add(file);
    removal(line, file.name, () => {
      const at = [...kept.files].indexOf(file);
      if (at >= 0) kept.items.remove(at);
      input.files = kept.files;
    });
  }
  input.files = kept.files;
};

// A phone's own chooser offers the camera too; this goes straight to it.
const camera = (field, drop, main) => {
  if (!window.matchMedia("(pointer: coarse)").matches) return null;
  const line = make("p", "camera"), label = make("label", "", form.dataset.photo), input = make("input");
  label.append(make("span", "away", `: ${field.querySelector("label").textContent}`));
  Object.assign(input, { type: "file", id: `${main.id}-photo`, accept: "image/jpeg,image/png" });
  input.setAttribute("capture", "environment");
  label.htmlFor = input.id;
  line.append(label, input);
  drop.append(line);
  return input;
};

const ready = (field) => {
  const drop = field.querySelector(".drop"), main = drop.querySelector("input[type=file]"), photo = camera(field, drop, main);
  const take = async (files) => {
    looking += 1;
    try {
      if (field.dataset.upload === "now") await sendNow(field, files); else await keepLater(field, main, files);
    } finally { looking -= 1; }
    goOn();
  };
  drop.classList.add("ready");
  if (!photo) drop.append(make("p", "or", form.dataset.drop));
  for (const input of [main, photo].filter(Boolean)) {
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      take(files);
    });
  }
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
};

if (form) {
  form.querySelectorAll("[data-upload]").forEach(ready);
  form.addEventListener("submit", (event) => {
    if (!underWay()) { confess(); return; }
    event.preventDefault();
    sendAfter = event.submitter || form.querySelector("button.button");
    tell(form.dataset.wait);
    said.classList.remove("away");
  });
  // A file let go beside a zone must not open in place of the page.
  for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
}
