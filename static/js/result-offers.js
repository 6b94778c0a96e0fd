// Offers of a <result-card> beside its text: downloads, the rest of a document, a smaller picture.

import { below, fill } from "./api.js";

/** Every format, below the address of the entry. */
export function offerDownloads(card, entry) {
  for (const link of card.querySelectorAll(".menu-list [data-format]")) {
    link.href = below(entry, `export/${link.dataset.format}/`);
  }
}

/** For a document with only some pages finished: these pages, and a button to continue. */
export function offerRest(card, { id, job, pages_done: done }) {
  const [again, part] = [card.action("retry"), card.action("open-part")];
  again.querySelector("span").textContent = fill(again.dataset.continue, { n: done + 1 });
  part.href = card.entryUrl(job ?? id);
  part.hidden = false;
}

/** For a file that is too large. shrink: makes the picture smaller, if possible. */
export function offerSmaller(card, shrink) {
  const button = card.action("shrink");
  button.hidden = !shrink;
  button.addEventListener("click", shrink ?? (() => null), { once: true });
  if (card.action("join")) card.action("join").hidden = false;
}
