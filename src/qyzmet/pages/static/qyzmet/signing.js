// Signing with NCALayer, and waiting for a phone. Without this file one signs elsewhere and uploads the signature.
(() => {
  const page = document.querySelector("[data-signing]");
  if (!page) return;
  const form = page.querySelector("form.ncalayer");
  const button = form.querySelector("button");
  const inputs = [...form.querySelectorAll("input[data-bytes]")];
  const board = page.querySelector(".signing-state");
  const BASICS = "kz.gov.pki.knca.basics";
  const OLD = "kz.gov.pki.knca.commonUtils";
  const SIGNING_KEYS = ["1.3.6.1.5.5.7.3.4"];

  // What happened, for whoever reads the page or listens to it: the sentences stand in the page.
  class Told extends Error {
    constructor(state, detail = "") { super(state); this.state = state; this.detail = detail; }
  }

  function tell(state, detail = "") {
    const sentence = page.querySelector(`[data-state="${state}"]`) || page.querySelector('[data-state="failed"]');
    board.className = `signing-state notice ${sentence.dataset.kind || ""}`;
    board.hidden = false;
    board.replaceChildren(...[...sentence.children].map((each) => each.cloneNode(true)));
    const place = board.querySelector("[data-detail]");
    if (place) place.textContent = detail;
    button.disabled = sentence.dataset.busy !== undefined;
  }

  // ---- the conversation: one question, one answer; messages carry no number
  class Layer {
    static open(address) {
      return new Promise((resolve, reject) => {
        let socket;
        try { socket = new WebSocket(address); } catch { reject(new Told("absent")); return; }
        const layer = new Layer(socket);
        const late = window.setTimeout(() => { socket.close(); reject(new Told("absent")); }, 10000);
        socket.onerror = () => { window.clearTimeout(late); reject(new Told("absent")); };
        // It greets with its version; one that says nothing is spoken to all the same.
        socket.onopen = () => window.setTimeout(() => { window.clearTimeout(late); resolve(layer); }, 1500);
        layer.greeted = () => { window.clearTimeout(late); resolve(layer); };
      });
    }

    constructor(socket) {
      this.socket = socket;
      this.waiting = null;
      socket.onmessage = (event) => this.heard(event.data);
      socket.onclose = () => { if (this.waiting) this.waiting.reject(new Told("closed")); };
    }

    heard(text) {
      if (String(text).startsWith("--")) return; // a sign of life
      let answer;
      try { answer = JSON.parse(text); } catch {
        if (this.waiting) this.waiting.reject(new Told("garbled"));
        return;
      }
      if (!answer || typeof answer !== "object" || !Object.keys(answer).length) return;
      if (answer.result && answer.result.version) { if (this.greeted) this.greeted(); return; }
      if (this.waiting) { const { resolve } = this.waiting; this.waiting = null; resolve(answer); }
    }

    ask(question) {
      return new Promise((resolve, reject) => {
        this.waiting = { resolve, reject: (why) => { this.waiting = null; reject(why); } };
        try { this.socket.send(JSON.stringify(question)); } catch { this.waiting.reject(new Told("closed")); }
      });
    }

    close() { this.socket.onclose = null; this.socket.close(); }
  }

  const unknownModule = (answer) =>
    /module/i.test(`${answer.code || ""} ${answer.errorCode || ""}`) ||
    (answer.status === false && /module|модул/i.test(String(answer.message || "")));
  const cancelled = (answer) => /cancel/i.test(`${answer.code || ""} ${answer.message || ""}`);

  function failure(answer) {
    const code = String(answer.code || answer.errorCode || "");
    if (/password/i.test(code)) return new Told("wrong-password");
    if (/key.*not.?found|no.?key/i.test(`${code} ${answer.message || ""}`)) return new Told("no-key");
    if (/tsp/i.test(code)) return new Told("no-stamp");
    return new Told("failed", [answer.message, code && `(${code})`].filter(Boolean).join(" "));
  }

  async function signNew(layer, data) {
    const answer = await layer.ask({
      module: BASICS,
      method: "sign",
      args: {
        format: "cms",
        data: data.length === 1 ? data[0] : data,
        signingParams: { decode: "true", encapsulate: "false", digested: "false", tsaProfile: {} },
        signerParams: {
          extKeyUsageOids: SIGNING_KEYS, iin: form.dataset.iin || "", bin: form.dataset.bin || "",
          serialNumber: "", ...(form.dataset.anyChain !== undefined && { chain: [] }),
        },
        locale: document.documentElement.lang,
      },
    });
    if (unknownModule(answer)) return null;
    if (cancelled(answer)) throw new Told("cancelled");
    if (answer.status !== true) throw failure(answer);
    const result = answer.body && answer.body.result;
    if (result === undefined || result === null || (Array.isArray(result) && !result.length)) throw new Told("cancelled");
    return Array.isArray(result) ? result : [result];
  }

  async function signOld(layer, data) {
    const signatures = [];
    for (const each of data) {
      const answer = await layer.ask({
        module: OLD, method: "createCAdESFromBase64", args: ["PKCS12", "SIGNATURE", each, false],
      });
      if (cancelled(answer)) throw new Told("cancelled");
      if (String(answer.code) !== "200" || !answer.responseObject) throw failure(answer);
      signatures.push(answer.responseObject);
    }
    return signatures;
  }

  async function sign(data) {
    tell("connecting");
    const layer = await Layer.open(form.dataset.address);
    try {
      tell("choose");
      const signatures = (await signNew(layer, data)) || (await signOld(layer, data));
      if (signatures.length !== data.length) throw new Told("failed", `${signatures.length} ≠ ${data.length}`);
      return signatures;
    } finally {
      layer.close();
    }
  }

  // ---- the bytes, exactly as they are kept
  async function bytesOf(input) {
    let answer;
    try { answer = await fetch(input.dataset.bytes, { cache: "no-store", redirect: "error" }); } catch { throw new Told("offline"); }
    if (!answer.ok) throw new Told("offline");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return window.btoa(text);
  }

  // What has been sent is answered by the next page; to ask anew meanwhile would call it back, so it is given a minute.
  let left = -Infinity;
  const answerIsAwaited = () => performance.now() - left < 60000;
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) left = performance.now(); });

  const bare = (signature) => String(signature).replace(/-----[^-]+-----/g, "").replace(/\s+/g, "");

  form.addEventListener("submit", async (event) => {
    if (inputs.every((each) => each.value)) return;
    event.preventDefault();
    if (button.disabled) return;
    try {
      tell("connecting");
      const data = await Promise.all(inputs.map(bytesOf));
      const signatures = await sign(data);
      inputs.forEach((each, n) => { each.value = bare(signatures[n]); });
      tell("sending");
      left = performance.now();
      form.submit();
    } catch (why) {
      tell(why instanceof Told ? why.state : "failed", why instanceof Told ? why.detail : "");
      button.focus();
    }
  });
  // A page the browser kept must not send an old signature again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    inputs.forEach((each) => { each.value = ""; });
    button.disabled = false;
    board.hidden = true;
  });
  // Open without script, where it is the way to sign; one among others with it.
  const wide = window.matchMedia("(min-width: 900px)").matches && !window.matchMedia("(pointer: coarse)").matches;
  page.querySelectorAll("details[data-shut]").forEach((each) => { each.open = false; });
  // NCALayer is a program of a computer: first there, last on a phone, whose own app comes first.
  if (wide) {
    page.querySelectorAll("details[data-shut-wide]").forEach((each) => { each.open = false; });
    page.querySelectorAll("[data-first-wide]").forEach((each) => each.parentElement.querySelector(".sign-way").before(each));
  }
  // On a phone the whole text is unfolded when asked for; on paper all of it is there.
  const whole = page.querySelectorAll("details[data-open-wide]");
  const unfold = () => whole.forEach((each) => { each.open = true; });
  if (wide) unfold();
  window.addEventListener("beforeprint", unfold);
  page.querySelectorAll("[data-with-script]").forEach((each) => { each.hidden = false; });
  page.querySelectorAll("a[data-window]").forEach((each) => each.addEventListener("click", (event) => {
    if (window.open(each.href, each.dataset.window, "popup,width=480,height=760")) event.preventDefault();
  }));

  // ---- the phone
  const phone = page.querySelector("form.phone");
  if (!phone) return;
  let pause = 2500;
  const wait = async () => {
    if (answerIsAwaited()) { window.setTimeout(wait, pause); return; }
    try {
      const answer = await fetch(phone.dataset.state, { cache: "no-store", headers: { Accept: "application/json" } });
      if (answer.status === 404 || answer.redirected) return;
      const state = await answer.json();
      if (answerIsAwaited()) { window.setTimeout(wait, pause); return; }
      if (state.received && state.received !== phone.dataset.seen && !state.closed) { tell("arrived"); phone.submit(); return; }
      if (state.closed) { window.location.reload(); return; }
    } catch { /* the network may come back */ }
    pause = Math.min(pause * 1.04, 15000);
    window.setTimeout(wait, pause);
  };
  window.setTimeout(wait, pause);
})();
