// Makes raising a matter easier: what is alike while one types, smaller photos, drafts sent once online.
"use strict";

const SMALL_AFTER_MS = 600, SIDE_MAX = 2000, LEAST_TYPED = 4;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size < 500_000) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return made && made.size < file.size ? new File([made], file.name, { type: "image/jpeg" }) : file;
  } catch { return file; }  // What the browser cannot draw, the server will judge.
}

function watchPhotos(form) {
  for (const input of form.querySelectorAll("input[type=file]")) input.addEventListener("change", async () => {
    const made = new DataTransfer();
    for (const file of input.files) made.items.add(await smaller(file));
    input.files = made.files;
  });
}

// The hint shows what fits the title as it is: an answer that was overtaken is passed over, one that
// says the same is not read out again, and nobody who has gone to a link in it loses their place.
function watchTitle(form) {
  const title = form.elements.title, shown = document.getElementById("alike");
  let later = 0, nth = 0, told = shown.innerHTML;

  function show(nodes) {
    const made = document.createElement("div");
    made.append(...nodes);
    if (made.innerHTML === told || shown.contains(document.activeElement)) return;
    told = made.innerHTML;
    shown.replaceChildren(...made.childNodes);
  }
  async function ask(mine) {
    if (title.value.trim().length < LEAST_TYPED) { show([]); return; }
    const asked = new URLSearchParams({ area: form.elements.area.value, title: title.value });
    try {
      const answer = await fetch(`${form.dataset.similar}?${asked}`);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine === nth) show(page.body.childNodes);
    } catch { /* A hint that does not come is no loss. */ }
  }
  title.addEventListener("input", () => {
    clearTimeout(later);
    nth += 1;
    later = setTimeout(ask, SMALL_AFTER_MS, nth);
  });
}

async function begin() {
  const form = document.getElementById("raise");
  if (form) {
    watchPhotos(form);
    watchTitle(form);
    const place = form.querySelector(".chosen b").textContent;
    await keep(PLACES, { code: form.elements.area.value, name: place, at: Date.now() });
  }
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register("/worker.js");
  if (navigator.onLine) await sendAll();
}

begin().catch(() => { /* Without a store or a worker the page does what any page does. */ });
