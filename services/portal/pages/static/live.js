// Open pages follow what happens: the server says that something changed, and the page is read again.
// Without this script every page works the same, by hand.
"use strict";

(function () {
  const main = document.getElementById("main");
  const waiting = document.getElementById("live-waiting");
  let typed = false, reading = false, again = false;

  document.addEventListener("input", function () { typed = true; });

  // What htmx sends from outside a form bears the mark that it is ours, as forms do.
  document.addEventListener("htmx:config:request", function (event) {
    const body = event.detail.ctx.request.body;
    if (body && event.detail.ctx.request.method !== "GET" && !body.has("csrf")) {
      body.set("csrf", main.dataset.csrf);
    }
  });

  // What folds, by its id, or else by the words it is opened with and how many before it have the same.
  function folded() {
    const found = new Map(), times = new Map();
    main.querySelectorAll("details").forEach(function (one) {
      const words = one.id || one.querySelector("summary").textContent.trim();
      const before = times.get(words) || 0;
      times.set(words, before + 1);
      found.set(words + "#" + before, one);
    });
    return found;
  }

  async function readOnce() {
    const answer = await fetch(location.href.replace(/([?&])after=[^&]*/, "$1"));
    if (!answer.ok) { throw new Error("not now"); }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (typed) { waiting.hidden = false; return; }
    const opened = folded(), focused = document.activeElement && document.activeElement.id;
    main.replaceChildren(...fresh.getElementById("main").childNodes);
    if (window.htmx) { window.htmx.process(main); }
    folded().forEach(function (one, name) {
      if (opened.has(name) && opened.get(name).open) { one.open = true; }
    });
    if (focused && document.getElementById(focused)) { document.getElementById(focused).focus(); }
  }

  // One reading at a time: an answer that was overtaken must not replace a newer one.
  async function readAgain() {
    if (typed) { waiting.hidden = false; return; }
    again = true;
    if (reading) { return; }
    reading = true;
    try {
      while (again) { again = false; await readOnce(); }
    } catch (_) {
      setTimeout(readAgain, 2000);
    } finally {
      reading = false;
    }
  }

  function listen() {
    const source = new EventSource("/live?" + main.dataset.live);
    source.addEventListener("changed", readAgain);
    source.addEventListener("error", function () {
      // A browser gives up for good when the server says that it cannot; we come back later.
      if (source.readyState === EventSource.CLOSED) { setTimeout(listen, 10000); }
    });
    window.addEventListener("pagehide", function () { source.close(); });
  }
  if (main.dataset.live && window.EventSource) { listen(); }
  const no = document.querySelector(".no[tabindex]");
  if (no) { no.focus(); }
})();
