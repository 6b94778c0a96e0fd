// Moves on to the words to check of other pages. <word-editor> has the numbers of those pages.

/** The fragment of an address that opens the page's last word to check; others open the first. */
export const BACKWARD = "#check-last";

const NAMES = { "-1": "previousPage", 0: "firstPage", 1: "nextPage" };

/**
 * direction: 1 for the next page with words to check, -1 for the previous, 0 for the first. False if there is
 * none. Leaves the page only after its edits are stored, so that the other page counts them.
 */
export function goToDoubt(editor, direction) {
  const address = new URL(window.location.href);
  const number = editor.dataset[NAMES[direction]];
  if (!number || number === editor.dataset.page) return false;
  address.searchParams.set("page", number);
  address.hash = direction < 0 ? BACKWARD : "#check";
  Promise.resolve(editor.edits.running).then(() => window.location.assign(address));
  return true;
}

/** pages: the server's numbers after an edit. */
export function rememberDoubts(editor, pages) {
  for (const [name, number] of Object.entries(pages)) editor.dataset[`${name}Page`] = number ?? "";
}
