// PageUp and PageDown turn the pages of a document; the links of the strip say which they are.

const LINKS = { PageUp: "prev", PageDown: "next" };

/** Goes to the page before or after, if there is one. name: of the key. hash: what to do there. */
export function turnPage(name, hash = "") {
  const link = document.querySelector(`#page-strip a[rel="${LINKS[name]}"]`);
  if (!link) return false;
  window.location.assign(link.href + hash);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!(event.key in LINKS) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (event.defaultPrevented || event.target.closest("input, textarea, select, details[open], dialog")) return;
  if (turnPage(event.key)) event.preventDefault();
});
