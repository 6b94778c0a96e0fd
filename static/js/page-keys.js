// PageUp and PageDown turn the pages of a document, following the links of the strip.

const LINKS = { PageUp: "prev", PageDown: "next" };

/** Goes to the previous or next page, if there is one. name: the key's. hash: the action on that page. */
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
