// The wall follows the meeting, shows another code before the old one is over, and turns by keys.
// Without this script it reads itself again every 20 seconds.
"use strict";

(function () {
  const CODE_MS = 10000, AGAIN_MS = 2000, LATER_MS = 10000;
  let reading = false, again = false;

  function wall() { return document.getElementById("wall"); }

  function lost(is) {
    const told = document.getElementById("lost");
    told.textContent = wall().dataset.lost;
    told.hidden = !is;
  }

  async function readOnce() {
    const answer = await fetch(location.href.replace(/([?&])after=[^&]*/, "$1"));
    if (!answer.ok) { throw new Error("not now"); }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("wall");
    if (!fresh) { throw new Error("no wall"); }
    wall().replaceChildren(...fresh.childNodes);
    wall().dataset.pane = fresh.dataset.pane;
    lost(false);
  }

  async function read() {
    again = true;
    if (reading) { return; }
    reading = true;
    try {
      while (again) { again = false; await readOnce(); }
    } catch (_) {
      lost(true);
      setTimeout(read, AGAIN_MS);
    } finally {
      reading = false;
    }
  }

  function listen() {
    const source = new EventSource("/live?" + wall().dataset.watched);
    source.addEventListener("open", function () { lost(false); });
    source.addEventListener("changed", read);
    source.addEventListener("error", function () {
      lost(true);
      if (source.readyState === EventSource.CLOSED) { setTimeout(listen, LATER_MS); }
    });
    window.addEventListener("pagehide", function () { source.close(); });
  }

  function turn(to) {
    if (!to || to.hasAttribute("aria-current")) { return; }
    history.replaceState(null, "", to.getAttribute("href"));
    read();
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    const panes = Array.from(document.querySelectorAll("#wall nav a[data-key]"));
    const on = panes.findIndex(function (one) { return one.hasAttribute("aria-current"); });
    if (event.key === "ArrowRight" || event.key === "PageDown") {
      turn(panes[(on + 1) % panes.length]);
    } else if (event.key === "ArrowLeft" || event.key === "PageUp") {
      turn(panes[(on + panes.length - 1) % panes.length]);
    } else {
      turn(panes.find(function (one) { return one.dataset.key === event.key; }));
    }
  });

  setInterval(function () {
    const code = document.getElementById("code");
    if (code) { code.src = code.src.replace(/[?].*$/, "") + "?at=" + Date.now(); }
  }, CODE_MS);
  if (window.EventSource) { listen(); }
})();
