// A picture of a page that no worker has drawn yet is answered with 204: it is asked for again, ever
// less often but without end, and shown when it is there. Requests wait while the tab is hidden.

const FIRST_MS = 700;
const LONGEST_MS = 30_000;
const GROWTH = 1.5;
const OURS = /\/(picture|thumbnail)\/(\d+\/)?$/;
const followed = new WeakSet();

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

/** Until the tab can be seen. */
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

/** Whether there is a picture at last; false where there will be none. */
async function isDrawn(image) {
  for (let wait = FIRST_MS; image.isConnected; wait = Math.min(LONGEST_MS, wait * GROWTH)) {
    const response = await fetch(image.src).catch(() => null);
    if (response?.status === 200) return true;
    const isLasting = response && response.status < 500 && response.status !== 429;
    if (isLasting && !response.headers.has("Retry-After")) return false;
    await pause(wait * (0.8 + 0.4 * Math.random())); // so that the pictures of a list do not ask as one
    await seen();
  }
  return false;
}

document.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && follow(target), true);

for (const image of document.images) if (image.complete && !image.naturalWidth) follow(image);
