// Drafts kept in this browser until they are sent: used by pages and by the worker alike.
"use strict";

const DRAFTS = "drafts", PLACES = "places", WAITING = "waiting", REFUSED = "refused", DONE = "done";
const FIELDS = ["area", "place", "where", "title", "words", "personal", "name", "phone", "proxy", "room"];
const PHOTOS_MAX = 8;

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("tongxin", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(DRAFTS, { keyPath: "id" });
      asked.result.createObjectStore(PLACES, { keyPath: "code" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(name, mode, work) {
  const db = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const doing = db.transaction(name, mode), asked = work(doing.objectStore(name));
      doing.oncomplete = () => resolve(asked.result);
      doing.onerror = doing.onabort = () => reject(doing.error);
    });
  } finally { db.close(); }
}

const allOf = (name) => inStore(name, "readonly", (store) => store.getAll());
const keep = (name, one) => inStore(name, "readwrite", (store) => store.put(one));
const drop = (id) => inStore(DRAFTS, "readwrite", (store) => store.delete(id));

// What was filled into a form, as a draft. The id is the form's own: sent twice, it is one matter.
function draftOf(form) {
  const draft = { id: form.get("command_id") || crypto.randomUUID(), state: WAITING, at: Date.now() };
  for (const name of FIELDS) draft[name] = String(form.get(name) || "");
  draft.photos = form.getAll("photos").filter((one) => one instanceof Blob && one.size).slice(0, PHOTOS_MAX);
  return draft;
}

// Send one draft. Network and server being away leave it waiting; a no is told with what to do.
async function sendOne(draft) {
  const token = await (await fetch("/drafts/token", { cache: "no-store" })).json();
  const form = new FormData();
  form.set("csrf", token.csrf);
  form.set("command_id", draft.id);
  for (const name of FIELDS) if (draft[name] && name !== "place") form.set(name, draft[name]);
  draft.photos.forEach((one, n) => form.append("photos", one, one.name || `${n + 1}.jpg`));
  const answer = await fetch("/drafts/send", { method: "POST", body: form });
  if (answer.status >= 500) return draft;
  const told = await answer.json();
  if (answer.ok) return { id: draft.id, at: draft.at, title: draft.title, place: draft.place, photos: [], state: DONE, link: told.link, receipt: told.receipt };
  return { ...draft, state: REFUSED, what: told.what, next: told.next };
}

// Send all that wait, one after the other, in one tab at a time.
function sendAll() {
  return navigator.locks.request("tongxin-drafts", async () => {
    const waiting = (await allOf(DRAFTS)).filter((one) => one.state === WAITING);
    let sent = 0;
    for (const one of waiting) {
      try {
        const now = await sendOne(one);
        await keep(DRAFTS, now);
        if (now.state === DONE) sent += 1;
      } catch { break; }
    }
    return sent;
  });
}
