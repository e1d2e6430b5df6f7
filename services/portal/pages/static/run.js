// Entries of a meeting go out one after another, and stay on this device until the server has them.
// Each carries its own id, so that one that is sent twice is written once.
// Without this script every form is sent by itself, and the page comes back.
"use strict";

(function () {
  const run = document.getElementById("run");
  if (!run || !window.localStorage || !window.fetch) { return; }
  const QUEUE = "tongxin:unsent:" + run.dataset.at, TYPED = "tongxin:typed:" + run.dataset.at + ":";
  const AGAIN_MS = 3000, TICK_MS = 1000, LATER_MS = 10000;
  const unsent = document.getElementById("unsent"), refused = document.getElementById("refused");
  let sending = false, reading = false, again = false;

  function stored(key, otherwise) {
    try { return JSON.parse(localStorage.getItem(key)) || otherwise; } catch (_) { return otherwise; }
  }
  function store(key, value) { localStorage.setItem(key, JSON.stringify(value)); }
  function queue() { return stored(QUEUE, []); }

  function tell(why) {
    const n = queue().length;
    unsent.hidden = n === 0 && !why;
    unsent.textContent = why || run.dataset.kept.replace("{n}", n);
  }

  // What is being typed survives a closed tab.
  function typed(form) {
    return Array.from(new FormData(form)).filter(function (pair) {
      return pair[0] !== "csrf" && pair[0] !== "command_id" && pair[1] !== "";
    });
  }
  function keep(form) { store(TYPED + form.dataset.entry, typed(form)); }
  function fill(form, pairs) {
    pairs.forEach(function (pair) {
      const field = form.elements.namedItem(pair[0]);
      if (!field) { return; }
      if (field.type === "checkbox") { field.checked = true; } else { field.value = pair[1]; }
    });
  }
  function forget(form) {
    localStorage.removeItem(TYPED + form.dataset.entry);
    form.reset();
    form.elements.namedItem("command_id").value = crypto.randomUUID ? crypto.randomUUID() : fresh();
  }
  function fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, function (one) { return one.toString(16).padStart(2, "0"); }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  function show(html) {
    const record = document.getElementById("record");
    const part = new DOMParser().parseFromString(html, "text/html").getElementById("record-of");
    if (!part) { throw new Error("no record"); }
    // Another phase has other forms; what is typed is kept over the reload.
    if (part.dataset.phase !== run.dataset.phase && queue().length <= 1) { location.reload(); return; }
    record.replaceChildren(part);
    document.querySelectorAll("input[data-next]").forEach(function (one) {
      if (one.value === one.dataset.next) { one.value = part.dataset.next; }
      one.defaultValue = one.dataset.next = part.dataset.next;
    });
  }

  function turnDown(entry, html) {
    const told = document.createElement("div"), button = document.createElement("button");
    told.className = "turned-down";
    told.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    const words = document.createElement("p");
    words.className = "words";
    words.textContent = entry.pairs.filter(function (one) { return one[0] === "text" || one[0] === "promise"; })
      .map(function (one) { return one[1]; }).join("\n");
    button.type = "button";
    button.textContent = run.dataset.back;
    button.addEventListener("click", function () {
      const form = document.querySelector("form[data-entry='" + entry.of + "']");
      if (form) { fill(form, entry.pairs); keep(form); form.querySelector("textarea, input:not([type=hidden])").focus(); }
      told.remove();
    });
    told.append(words, button);
    refused.append(told);
  }

  async function send(entry) {
    const body = new URLSearchParams(entry.pairs);
    body.set("csrf", run.dataset.csrf);
    body.set("command_id", entry.id);
    const answer = await fetch(entry.to, { method: "POST", headers: { "X-Part": "record" }, body: body });
    if (answer.status === 401 || answer.status === 403 && !answer.headers.get("X-Part")) { return "log-in"; }
    if (answer.status >= 500) { throw new Error("not now"); }
    const html = await answer.text();
    if (answer.ok) { show(html); } else { turnDown(entry, html); }
    return "done";
  }

  // Who has logged in again has another csrf token; the page tells it.
  async function renew() {
    const answer = await fetch(run.dataset.at);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("run");
    if (!page || page.dataset.csrf === run.dataset.csrf) { return false; }
    run.dataset.csrf = page.dataset.csrf;
    return true;
  }

  async function flush() {
    if (sending) { return; }
    sending = true;
    try {
      while (queue().length) {
        if (await send(queue()[0]) === "log-in") {
          if (await renew()) { continue; }
          tell(run.dataset.logIn);
          setTimeout(flush, LATER_MS);
          return;
        }
        store(QUEUE, queue().slice(1));
      }
      tell();
    } catch (_) {
      tell();
      setTimeout(flush, AGAIN_MS);
    } finally {
      sending = false;
    }
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.dataset.entry) { return; }
    event.preventDefault();
    const id = form.elements.namedItem("command_id").value;
    if (queue().some(function (one) { return one.id === id; })) { return; }
    store(QUEUE, queue().concat({ of: form.dataset.entry, to: form.getAttribute("action"), id: id, pairs: typed(form) }));
    forget(form);
    tell();
    flush();
  });
  document.addEventListener("input", function (event) {
    if (event.target.form && event.target.form.dataset.entry) { keep(event.target.form); }
  });
  window.addEventListener("online", flush);

  // What others write down appears as well.
  async function read() {
    again = true;
    if (reading || sending) { return; }
    reading = true;
    try {
      while (again) {
        again = false;
        const answer = await fetch(run.dataset.at);
        if (answer.ok) { show(await answer.text()); }
      }
    } catch (_) {
      setTimeout(read, AGAIN_MS);
    } finally {
      reading = false;
    }
  }
  function listen() {
    const source = new EventSource("/live?" + run.dataset.watched);
    source.addEventListener("changed", read);
    source.addEventListener("error", function () {
      if (source.readyState === EventSource.CLOSED) { setTimeout(listen, LATER_MS); }
    });
    window.addEventListener("pagehide", function () { source.close(); });
  }

  setInterval(function () {
    document.querySelectorAll(".timer").forEach(function (one) {
      const taken = Number(one.dataset.taken) + 1;
      one.dataset.taken = taken;
      one.textContent = Math.floor(taken / 60) + ":" + String(taken % 60).padStart(2, "0");
      one.classList.toggle("over", taken > Number(one.dataset.may));
    });
  }, TICK_MS);

  document.querySelectorAll("form[data-entry]").forEach(function (form) {
    fill(form, stored(TYPED + form.dataset.entry, []));
  });
  tell();
  flush();
  if (window.EventSource) { listen(); }
})();
