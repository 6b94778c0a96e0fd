// Goes on to the words to check of other pages. <word-editor> has the numbers of those pages.

/** The part of an address that opens the last word to check of its page; others open the first. */
export const BACKWARD = "#check-last";

const NAMES = { "-1": "previousPage", 0: "firstPage", 1: "nextPage" };

/**
 * direction: 1 to the next page with words to check, -1 back, 0 to the first. False where there is none.
 * The page is left when its edits are stored, so that the other one counts them.
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

/** pages: the numbers as the server knows them after an edit. */
export function rememberDoubts(editor, pages) {
  for (const [name, number] of Object.entries(pages)) editor.dataset[`${name}Page`] = number ?? "";
}
