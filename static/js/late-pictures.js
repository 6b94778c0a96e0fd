// Waits for page pictures that no worker has drawn yet, which the server answers with 204. Requests are repeated
// without end, at growing intervals, and pause while the tab is hidden.

import { isFinal, pause } from "./api.js";

const FIRST_MS = 700;
const LONGEST_MS = 30_000;
const GROWTH = 1.5;
const OURS = /\/(picture|thumbnail)\/(\d+\/)?$/;
const followed = new WeakSet();

/** Resolves when the tab is visible. */
async function seen() {
  while (document.hidden) {
    await new Promise((resume) => document.addEventListener("visibilitychange", resume, { once: true }));
  }
}

async function follow(image) {
  if (followed.has(image) || !OURS.test(new URL(image.src).pathname)) return;
  followed.add(image);
  image.classList.add("late");
  const drawn = await isDrawn(image);
  image.classList.remove("late");
  if (drawn) image.src = image.src;
  else image.classList.add("absent");
  followed.delete(image);
}

/** Waits; true once the picture exists, false if there will be none. */
async function isDrawn(image) {
  for (let wait = FIRST_MS; image.isConnected; wait = Math.min(LONGEST_MS, wait * GROWTH)) {
    const response = await fetch(image.src).catch(() => null);
    if (response?.status === 200) return true;
    if (response && isFinal(response) && !response.headers.has("Retry-After")) return false;
    await pause(wait * (0.8 + 0.4 * Math.random())); // spreads the requests of a list
    await seen();
  }
  return false;
}

document.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && follow(target), true);

for (const image of document.images) if (image.complete && !image.naturalWidth) follow(image);
