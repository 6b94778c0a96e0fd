// What a <result-card> offers beside its text: downloads, the rest of a document, a smaller picture.

import { below, fill } from "./api.js";

/** Every format, below the address of the entry. */
export function offerDownloads(card, entry) {
  for (const link of card.querySelectorAll(".menu-list [data-format]")) {
    link.href = below(entry, `export/${link.dataset.format}/`);
  }
}

/** For a document of which only some pages are read: these, and to go on. */
export function offerRest(card, { id, job, pages_done: done }) {
  const [again, part] = [card.action("retry"), card.action("open-part")];
  again.querySelector("span").textContent = fill(again.dataset.continue, { n: done + 1 });
  part.href = card.entryUrl(job ?? id);
  part.hidden = false;
}

/** For a file of too many bytes. shrink: makes the picture smaller; without it that is not possible. */
export function offerSmaller(card, shrink) {
  const button = card.action("shrink");
  button.hidden = !shrink;
  button.addEventListener("click", shrink ?? (() => null), { once: true });
  if (card.action("join")) card.action("join").hidden = false;
}
