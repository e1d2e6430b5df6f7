// The part that works without a network. FRAME, VERSION and the store come before it, see offline.py.
// Only pages that are the same for everybody are kept; what is private never is.

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FRAME)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
    await self.clients.claim();
  })());
});

async function kept(request) {
  return (await caches.match(request)) || fetch(request);
}

async function shown(request) {
  try {
    return await fetch(request);
  } catch (away) {
    const path = new URL(request.url).pathname;
    const frame = await caches.match(path === "/raise" || path === "/drafts/new" ? "/drafts/new" : "/drafts");
    if (frame) return frame;
    throw away;
  }
}

async function sent(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    await keep(DRAFTS, draftOf(await copy.formData()));
    return Response.redirect("/drafts?saved=1", 303);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "GET") event.respondWith(shown(request));
    else if (url.pathname === "/raise") event.respondWith(sent(request));
  } else if (url.pathname.startsWith("/static/")) event.respondWith(kept(request));
});
