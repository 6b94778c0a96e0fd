// Places the field over its word, and the related elements above and below, within the text.

const INSET = 10; // pixels between the edge of the field and its text

/** parts: {element, input, canvas, toolbar} of the panel. host: the element around all words. */
export function placeOver(word, { element, input, canvas, toolbar }, host) {
  const [outer, box] = [host.getBoundingClientRect(), word?.getClientRects()[0]];
  if (!box) return;
  const { direction } = getComputedStyle(word);
  element.dir = direction;
  toolbar.dir = document.documentElement.dir;
  input.style.minWidth = `${box.width}px`;
  widen(input);
  const most = (part) => outer.width - part.offsetWidth;
  const start = direction === "rtl" ? box.right + INSET - element.offsetWidth : box.left - INSET;
  const left = Math.max(0, Math.min(start - outer.left, most(element)));
  element.style.left = `${left}px`;
  element.style.top = `${box.top - outer.top - INSET / 2}px`;
  for (const part of [canvas, toolbar]) part.style.left = `${Math.min(0, most(part) - left)}px`;
}

/** Makes the field as wide as the typed text. */
export function widen(input) {
  input.size = Math.max(4, input.value.length + 1);
}
