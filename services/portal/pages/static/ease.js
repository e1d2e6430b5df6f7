// Reading aloud and shortcuts; whatever they do can be done without them.
"use strict";

(function () {
  const main = document.getElementById("main");
  const read = document.getElementById("read-aloud");
  const keys = document.getElementById("keys");
  const simple = document.documentElement.classList.contains("simple");

  if (read && simple && "speechSynthesis" in window) {
    const label = read.textContent;
    const quiet = function () { read.textContent = label; read.setAttribute("aria-pressed", "false"); };
    read.hidden = false;
    quiet();
    read.addEventListener("click", function () {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); quiet(); return; }
      const said = new SpeechSynthesisUtterance(main.innerText);
      said.lang = document.documentElement.lang;
      said.rate = 0.9;
      said.onend = quiet;
      speechSynthesis.speak(said);
      read.textContent = read.dataset.stop;
      read.setAttribute("aria-pressed", "true");
    });
    window.addEventListener("pagehide", function () { speechSynthesis.cancel(); });
  }

  // Where a row of pages is wider than a phone, the one that is open is in sight.
  for (const open of document.querySelectorAll(".sheets [aria-current], .tabs [aria-current]")) {
    const row = open.closest("ul");
    row.scrollLeft = open.offsetLeft - row.offsetLeft - 40;
  }

  let going = false;
  function isTyping(where) {
    return where.closest("input, select, textarea, [contenteditable]") !== null;
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) { going = false; return; }
    if (event.key === "?") {
      event.preventDefault();
      if (keys.open) { keys.close(); } else { keys.showModal(); }
    } else if (going) {
      const to = keys.querySelector("[data-key='" + CSS.escape(event.key) + "']");
      if (to) { event.preventDefault(); location.assign(to.href); }
    }
    going = event.key === "g" && !going;
  });

  // What opens over the page closes when one turns elsewhere.
  document.addEventListener("click", function (event) {
    const mine = document.querySelector(".me[open]");
    if (mine && !mine.contains(event.target)) { mine.open = false; }
  });
  document.addEventListener("keydown", function (event) {
    const mine = document.querySelector(".me[open]");
    if (mine && event.key === "Escape") { mine.open = false; mine.querySelector("summary").focus(); }
  });
})();
