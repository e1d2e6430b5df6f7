// The screening desk by keyboard, and a short grace in which a decision can be taken back.
"use strict";

(function () {
  const form = document.getElementById("screening");
  const told = document.getElementById("pending");
  if (!form || !told) { return; }
  const GRACE_S = Number(told.dataset.grace);
  const waiting = [];

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
  function rows() { return Array.from(form.querySelectorAll(".pile li:not([hidden])")); }
  function panel() { return document.getElementById("lead"); }
  function row(id) { return form.querySelector(".pile li[data-lead='" + CSS.escape(id) + "']"); }
  function ticked() {
    return rows().filter(function (one) { return one.querySelector("input").checked; });
  }

  function tellHowMany() {
    const small = panel().querySelector("[data-several]");
    const n = ticked().length;
    small.textContent = n ? fill(small.dataset.several, { n: n }) : small.dataset.one;
  }

  let asked = 0;
  async function open(link, push) {
    const mine = ++asked;
    const answer = await fetch(link.href, { headers: { "Accept": "text/html" } });
    if (!answer.ok) { location.assign(link.href); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("lead");
    if (mine !== asked) { return; }
    // Whoever must log in first does not leave while something waits: what becomes of it is told here.
    if (!fresh && waiting.length) { panel().hidden = true; return; }
    if (!fresh) { location.assign(link.href); return; }
    panel().replaceWith(fresh);
    for (const one of form.querySelectorAll(".pile a[aria-current]")) { one.removeAttribute("aria-current"); }
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest" });
    if (push) { history.replaceState(null, "", link.href); }
    tellHowMany();
  }

  function step(by) {
    const all = rows();
    const at = all.findIndex(function (one) { return one.querySelector("a[aria-current]"); });
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (next) { const link = next.querySelector("a"); link.focus(); return open(link, true); }
    return Promise.resolve();
  }

  function decide(letter) {
    const one = panel().querySelector("details.decision[data-key='" + letter + "']");
    if (!one) { return; }
    one.open = true;
    const first = one.querySelector("input, select, textarea, button");
    first.focus();
    one.scrollIntoView({ block: "nearest" });
  }

  // What was decided goes out when its grace is over, or when the page is left.
  // What failed stays on the page until somebody leaves it.
  function show() {
    for (const line of told.querySelectorAll("[data-waiting]")) { line.remove(); }
    for (const one of waiting) { told.append(one.note); }
  }
  function note(text, undo) {
    const line = document.createElement("div");
    line.className = "notice";
    line.append(text + " ");
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = told.dataset.undo;
      button.addEventListener("click", undo);
      line.append(button);
    }
    return line;
  }
  function send(one, leaving) {
    clearTimeout(one.timer);
    waiting.splice(waiting.indexOf(one), 1);
    const sent = fetch(form.action, {
      method: "POST", body: new URLSearchParams(one.data), keepalive: true,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    if (leaving) { return; }
    show();
    sent.then(function (answer) { return answer.text().then(function (text) { return [answer, text]; }); })
      .then(function (got) { settle(one, got[0], got[1]); })
      .catch(function () { settle(one, null, ""); });
  }
  function settle(one, answer, text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    if (answer && answer.ok) {
      for (const lead of one.leads) { const gone = row(lead); if (gone) { gone.remove(); } }
      const line = note(fill(told.dataset.sent, { label: one.label, n: one.leads.length }));
      const undo = page.querySelector("form[action$='/undo']");
      if (undo) { line.append(document.importNode(undo, true)); }
      for (const before of told.querySelectorAll("[data-sent]")) { before.remove(); }
      line.dataset.sent = "";
      told.prepend(line);
      return;
    }
    const desk = page.getElementById("screening"), failed = page.querySelector("#failed, .no");
    const why = answer && answer.status === 401 ? told.dataset.expired : told.dataset.failed;
    const line = failed ? document.importNode(failed, true) : note(fill(why, { label: one.label }));
    if (!failed) { line.append(...written(one.data)); }
    for (const before of told.querySelectorAll("#failed")) { before.removeAttribute("id"); }
    told.prepend(line);
    for (const lead of one.leads) {
      const back = row(lead), there = desk && desk.querySelector(".pile li[data-lead='" + CSS.escape(lead) + "']");
      if (back && (there || !desk)) { back.hidden = false; panel().hidden = false; }
    }
  }
  // What somebody wrote for a decision that did not arrive: it is nowhere else any more.
  function written(data) {
    return Array.from(data)
      .filter(function (pair) { return pair[0].startsWith(data.get("decision") + ".") && pair[1]; })
      .map(function (pair) {
        const words = document.createElement("p");
        words.className = "kept";
        words.textContent = pair[1];
        return words;
      });
  }
  function takeBack() {
    const one = waiting.pop();
    if (!one) { return; }
    clearTimeout(one.timer);
    for (const lead of one.leads) { row(lead).hidden = false; }
    show();
    open(row(one.leads[0]).querySelector("a"), true);
  }

  form.addEventListener("submit", function (event) {
    const button = event.submitter;
    if (!button || button.name !== "decision") { return; }
    event.preventDefault();
    if (!form.reportValidity()) { return; }
    const data = new FormData(form, button);
    data.set("command_id", crypto.randomUUID ? crypto.randomUUID() : data.get("command_id"));
    const several = ticked().map(function (one) { return one.dataset.lead; });
    const leads = several.length ? several : [panel().dataset.lead];
    const label = button.closest("details").dataset.label;
    const one = { data: data, leads: leads, label: label };
    one.note = note(fill(told.dataset.told, { label: label, n: leads.length, s: GRACE_S }), takeBack);
    one.note.dataset.waiting = "";
    one.timer = setTimeout(function () { send(one, false); }, GRACE_S * 1000);
    waiting.push(one);
    const all = rows();
    const at = all.findIndex(function (li) { return li.dataset.lead === leads[0]; });
    for (const lead of leads) { const gone = row(lead); gone.querySelector("input").checked = false; gone.hidden = true; }
    show();
    const left = rows();
    if (left.length) {
      const link = left[Math.min(at, left.length - 1)].querySelector("a");
      link.focus();
      open(link, true);
    } else { panel().hidden = true; }
  });
  window.addEventListener("pagehide", function () {
    for (const one of waiting.slice()) { send(one, true); }
  });

  form.addEventListener("click", function (event) {
    const link = event.target.closest(".pile a, a[rel=next], a[rel=prev]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    const mine = link.closest(".pile") ? link
      : row(new URL(link.href).searchParams.get("lead")).querySelector("a");
    open(mine, true);
  });
  form.addEventListener("change", function (event) {
    const from = event.target;
    if (from.name === "lead") { tellHowMany(); }
    if (from.matches(".template") && from.value) {
      document.getElementById(from.dataset.for).value = from.value;
    }
    if (from.name === "ScreenOutLead.category") {
      const reason = document.getElementById("ScreenOutLead.reason");
      const text = from.selectedOptions[0].dataset.reason || "";
      if (!reason.value || reason.dataset.given === reason.value) { reason.value = text; reason.dataset.given = text; }
    }
  });

  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing && event.key === "Escape") { typing.blur(); return; }
    if (typing && event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      const mine = typing.closest("details");
      if (mine) { mine.querySelector("button[name=decision]").click(); }
      return;
    }
    if (typing || event.altKey || event.metaKey || document.querySelector("dialog[open]")) { return; }
    if (event.ctrlKey) {
      const open_ = panel().querySelector("details.decision[open]");
      if (event.key === "Enter" && open_) { open_.querySelector("button[name=decision]").click(); }
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "j" || event.key === "ArrowDown") { event.preventDefault(); step(1); }
    else if (key === "k" || event.key === "ArrowUp") { event.preventDefault(); step(-1); }
    else if (key === "v") {
      const link = form.querySelector(".pile a[aria-current]");
      if (link) { const box = link.closest("li").querySelector("input"); box.checked = !box.checked; tellHowMany(); }
    }
    else if (key === "u") { takeBack(); }
    else if ("axrtms".includes(key)) { event.preventDefault(); decide(key); }
  });
  tellHowMany();
})();
