// Workers draw the pictures of pages when nothing more urgent waits: one that is missing is asked
// for again for a while.

const PAUSES_MS = [700, 1500, 3000, 6000, 12000, 24000];
const tries = new WeakMap();

function askAgain(image) {
  const tried = tries.get(image) ?? 0;
  if (tried >= PAUSES_MS.length) return;
  tries.set(image, tried + 1);
  image.classList.add("late");
  setTimeout(() => (image.src = image.src), PAUSES_MS[tried]);
}

document.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && askAgain(target), true);
document.addEventListener("load", ({ target }) => target.classList?.remove("late"), true);

for (const image of document.images) if (image.complete && !image.naturalWidth) askAgain(image);
