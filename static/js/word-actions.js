// The edits that the buttons below the field of a word make.

/** These open an empty field first. */
export const MODES = ["insert", "insertLine"];

const SERVER_NAMES = { insertLine: "insert_line", breakLine: "break_line", joinLine: "join_line" };

/** As the server knows it. */
export const serverName = (name) => SERVER_NAMES[name] ?? name;

/** The edit of a panel's word by the name of an action; null where it has no meaning there. */
export function editOf(name, { index, input, word, editor }) {
  if (name === "split") return split(index, input);
  if (name === "join") return join(index, input.value, editor.words[index + 1]);
  if (name === "delete") return { action: "replace", word: index, text: "" };
  if (name === "deleteLine") return deleteLine(word, editor.words);
  return { action: serverName(name), word: index };
}

/** A space where the cursor is. */
function split(index, { value, selectionStart: at, selectionEnd: end }) {
  if (at !== end || !value.slice(0, at).trim() || !value.slice(at).trim()) return null;
  return { action: "replace", word: index, text: `${value.slice(0, at)} ${value.slice(at)}` };
}

function join(index, text, next) {
  return next ? { action: "replace", word: index, count: 2, text: text + next.textContent } : null;
}

/** What is typed becomes the end of the word before. */
export function joinBefore({ index, input, editor }) {
  return join(index - 1, editor.words[index - 1].textContent, { textContent: input.value });
}

function deleteLine(word, words) {
  const line = word.closest(".line").querySelectorAll(".word");
  return { action: "replace", word: words.indexOf(line[0]), count: line.length, text: "" };
}
