// Tries an operation with the token that was typed in. Nothing is kept, and no cookie is sent.
"use strict";

(function () {
  const token = document.getElementById("token");

  function address(form) {
    let path = form.dataset.path;
    const query = new URLSearchParams();
    form.querySelectorAll("[data-in]").forEach(function (one) {
      if (one.dataset.in === "path") { path = path.replace("{" + one.name + "}", encodeURIComponent(one.value)); }
      if (one.dataset.in === "query" && one.value) { query.set(one.name, one.value); }
    });
    return path + (query.toString() ? "?" + query : "");
  }

  function headers(form) {
    const told = { "Accept-Language": document.documentElement.lang };
    if (token.value) { told.Authorization = "Bearer " + token.value.trim(); }
    if (form.dataset.method === "POST") { told["Content-Type"] = "application/json"; }
    form.querySelectorAll("[data-in=header]").forEach(function (one) {
      if (one.value) { told[one.name] = one.value; }
    });
    return told;
  }

  function pretty(text) {
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch (_) { return text; }
  }

  async function send(form) {
    const came = form.querySelector(".came"), body = form.querySelector(".body");
    came.hidden = false;
    came.classList.remove("no");
    came.textContent = form.dataset.sending;
    try {
      const answer = await fetch(address(form), {
        method: form.dataset.method,
        headers: headers(form),
        body: body ? body.value : undefined,
        credentials: "omit",
        cache: "no-store",
      });
      came.classList.toggle("no", !answer.ok);
      came.textContent = answer.status + "\n" + pretty(await answer.text());
    } catch (_) {
      came.classList.add("no");
      came.textContent = form.dataset.failed;
    }
  }

  document.querySelectorAll("form.try").forEach(function (form) {
    form.addEventListener("submit", function (event) { event.preventDefault(); send(form); });
  });
  document.getElementById("token-form").addEventListener("submit", function (event) { event.preventDefault(); });
  const named = location.hash && document.getElementById(location.hash.slice(1));
  if (named && named.tagName === "DETAILS") { named.open = true; }
})();
