// The list of drafts, and the form that is there without a network.
"use strict";

const list = document.getElementById("drafts"), form = document.getElementById("draft-form");
const card = document.getElementById("draft-card"), status = document.getElementById("status");

function toldOf(draft) {
  const one = card.content.cloneNode(true).firstElementChild, texts = list.dataset;
  one.querySelector("h2").textContent = draft.title || texts.untitled;
  one.querySelector(".where").textContent = draft.place || "";
  one.querySelector(".when").textContent = new Date(draft.at).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" });
  one.querySelector(".state").textContent = texts[draft.state];
  one.querySelector(".photos").textContent = draft.photos.length ? texts.photos.replace("{n}", draft.photos.length) : "";
  one.querySelector(".what").textContent = draft.state === REFUSED ? `${draft.what} ${draft.next}` : "";
  const link = one.querySelector("a");
  link.hidden = draft.state !== DONE;
  if (draft.link) { link.href = draft.link; link.textContent = draft.receipt || texts.look; }
  one.querySelector(".again").hidden = draft.state === DONE;
  one.querySelector(".again").addEventListener("click", async () => { await keep(DRAFTS, { ...draft, state: WAITING }); await go(); });
  one.querySelector(".edit").hidden = draft.state === DONE;
  one.querySelector(".edit").href = `/drafts/new?id=${encodeURIComponent(draft.id)}`;
  one.querySelector(".drop").addEventListener("click", async () => {
    if (draft.state === DONE || confirm(texts.sure)) { await drop(draft.id); await show(); }
  });
  return one;
}

async function show() {
  const drafts = (await allOf(DRAFTS)).sort((a, b) => b.at - a.at);
  list.replaceChildren(...drafts.map(toldOf));
  document.getElementById("none").hidden = drafts.length > 0;
  document.getElementById("export").hidden = drafts.every((one) => one.state === DONE);
}

async function go() {
  status.textContent = list.dataset.sending;
  const sent = await sendAll();
  await show();
  const left = (await allOf(DRAFTS)).filter((one) => one.state === WAITING).length;
  status.textContent = left ? list.dataset.offline.replace("{n}", left) : sent ? list.dataset.sent.replace("{n}", sent) : "";
}

const asText = (blob) => new Promise((done) => {
  const reader = new FileReader();
  reader.onload = () => done({ name: blob.name || "", type: blob.type, data: reader.result });
  reader.readAsDataURL(blob);
});

async function exported() {
  const drafts = (await allOf(DRAFTS)).filter((one) => one.state !== DONE);
  const told = await Promise.all(drafts.map(async (one) => ({ ...one, photos: await Promise.all(one.photos.map(asText)) })));
  const made = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: made, download: list.dataset.file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(made), 60_000);
}

async function fillIn() {
  const places = (await allOf(PLACES)).sort((a, b) => b.at - a.at);
  const area = form.elements.area;
  area.replaceChildren(...places.map((one) => new Option(one.name, one.code)));
  document.getElementById("no-place").hidden = places.length > 0;
  const id = new URLSearchParams(location.search).get("id");
  const before = (await allOf(DRAFTS)).find((one) => one.id === id && one.state !== DONE);
  if (before) for (const name of FIELDS) {
    if (name === "personal" && before.personal) form.querySelector(`[name=personal][value=${before.personal}]`).checked = true;
    else if (name === "proxy") form.elements.proxy.checked = before.proxy === "yes";
    else if (form.elements[name] && before[name]) form.elements[name].value = before[name];
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const filled = new FormData(form);
    if (before) filled.set("command_id", before.id);
    const draft = draftOf(filled);
    draft.place = area.selectedOptions[0]?.textContent || "";
    if (before && !draft.photos.length) draft.photos = before.photos;
    await keep(DRAFTS, draft);
    location.assign("/drafts?saved=1");
  });
}

async function begin() {
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register("/worker.js");
  if (form) { await fillIn(); return; }
  document.getElementById("export").addEventListener("click", exported);
  document.getElementById("send").addEventListener("click", go);
  addEventListener("online", go);
  await show();
  await go();
}

begin().catch((error) => { status.textContent = `${status.dataset.failed} ${error}`; });
