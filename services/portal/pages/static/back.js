// Who goes back to a form that they sent finds what they typed, even where browsers keep nothing.
// Sent again as it was it is the same command, which is done once; sent otherwise it is another one.
"use strict";

(function () {
  const OURS = ["csrf", "command_id"];

  // The same form about something else has other hidden fields: what was typed is not for that one.
  function nameOf(form) {
    const hidden = Array.from(form.querySelectorAll("input[type=hidden]"))
      .filter(function (one) { return !OURS.includes(one.name); })
      .map(function (one) { return [one.name, one.value]; });
    return JSON.stringify([form.getAttribute("action"), hidden]);
  }
  function pairs(form, button) {
    return Array.from(new FormData(form, button))
      .filter(function (pair) { return !OURS.includes(pair[0]); })
      .map(function (pair) { return [pair[0], typeof pair[1] === "string" ? pair[1] : pair[1].name]; });
  }
  function sent() { return (history.state && history.state.sent) || {}; }
  function fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, function (one) { return one.toString(16).padStart(2, "0"); }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  // Last of all: who sends a form by a script of its own has said so by then.
  window.addEventListener("submit", function (event) {
    const form = event.target, id = form.elements.namedItem("command_id");
    if (event.defaultPrevented || form.method !== "post" || form.querySelector("input[type=password]")) { return; }
    const name = nameOf(form), before = sent()[name], now = { pairs: pairs(form, event.submitter), id: id ? id.value : "" };
    if (before && id) {
      if (JSON.stringify(before.pairs) === JSON.stringify(now.pairs)) { now.id = before.id; }
      else if (now.id === before.id) { now.id = fresh(); }
      id.value = now.id;
    }
    try {
      history.replaceState({ ...history.state, sent: { ...sent(), [name]: now } }, "");
    } catch (_) { /* Too much to keep: the browser does what it does. */ }
  });

  function restore(form, was) {
    const typed = Array.from(form.elements).filter(function (one) {
      return one.name && !["hidden", "file", "submit", "button"].includes(one.type);
    });
    const left = was.pairs.slice();
    function taken(one, fits) {
      const at = left.findIndex(function (pair) { return pair[0] === one.name && (!fits || pair[1] === one.value); });
      return at < 0 ? null : left.splice(at, 1)[0][1];
    }
    typed.forEach(function (one) {
      const ticked = one.type === "radio" || one.type === "checkbox";
      const value = taken(one, ticked);
      const other = ticked ? one.checked !== (value !== null) : value !== null && one.value !== value;
      if (ticked) { one.checked = value !== null; } else if (value !== null) { one.value = value; }
      const drawn = ticked ? one.checked === one.defaultChecked : one.value === one.defaultValue;
      const changed = other || (one.type !== "select-one" && !drawn);
      if (changed && one.closest("details")) { one.closest("details").open = true; }
      if (changed) { one.dispatchEvent(new Event("input", { bubbles: true })); }
    });
  }
  document.querySelectorAll("form[method=post]").forEach(function (form) {
    const was = sent()[nameOf(form)];
    if (was) { restore(form, was); }
  });
})();
