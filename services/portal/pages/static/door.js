// The list of members gets shorter while a name is typed. Without this script the button looks for it.
"use strict";

(function () {
  document.addEventListener("input", function (event) {
    const list = event.target.dataset && document.getElementById(event.target.dataset.filters);
    if (!list) { return; }
    const sought = event.target.value.trim();
    let shown = 0;
    Array.from(list.children).forEach(function (one) {
      one.hidden = !one.dataset.name.includes(sought);
      if (!one.hidden) { shown += 1; }
    });
    document.getElementById(list.id + "-none").hidden = shown > 0;
  });
})();
