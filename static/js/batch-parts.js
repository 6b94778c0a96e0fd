// The files of a batch go in parts, so that no request is larger than the server takes.

/** Cards in order, in groups of at most `most` files and `bytes`; a larger file is a group alone. */
export function* packed(cards, { most, bytes }) {
  let [group, size] = [[], 0];
  for (const card of cards) {
    if (group.length && (group.length === most || size + card.file.size > bytes)) {
      yield group;
      [group, size] = [[], 0];
    }
    group.push(card);
    size += card.file.size;
  }
  if (group.length) yield group;
}

/** The request that brings these files: their cards' references are echoed in the answer. */
export function partForm(part, options) {
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) if (value !== "") form.append(name, value);
  for (const card of part) {
    form.append("images", card.file, card.file.name);
    form.append("ids", isArchive(card.file) ? "" : card.reference);
  }
  return form;
}

/** Files are sent one after the other: of how many bytes follows how far each is. */
export function showSent(part, share) {
  let sent = share * part.reduce((sum, { file }) => sum + file.size, 0);
  for (const card of part) {
    if (share < 1) card.showSent(Math.min(1, Math.max(0, sent / (card.file.size || 1))));
    else card.show("waiting");
    sent -= card.file.size;
  }
}

const NAMES = /\.zip$/i;
const TYPES = ["application/zip", "application/x-zip-compressed"];

/** A ZIP archive, which the server takes for the files in it. */
export const isArchive = ({ name, type }) => TYPES.includes(type) || NAMES.test(name);
