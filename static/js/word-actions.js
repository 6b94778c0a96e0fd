// Edits made by the buttons below the field of a word.

/** Actions that first open an empty field. */
export const MODES = ["insert", "insertLine"];

const SERVER_NAMES = { insertLine: "insert_line", breakLine: "break_line", joinLine: "join_line" };

/** The word as the server knows it. */
export const serverName = (name) => SERVER_NAMES[name] ?? name;

/** The edit of a panel's word for an action's name; null if the action is not possible there. */
export function editOf(name, { index, input, word, editor }) {
  if (name === "split") return split(index, input);
  if (name === "join") return join(index, input.value, editor.words[index + 1]);
  if (name === "delete") return { action: "replace", word: index, text: "" };
  if (name === "deleteLine") return deleteLine(word, editor.words);
  return { action: serverName(name), word: index };
}

/** Splits the word at the cursor. */
function split(index, { value, selectionStart: at, selectionEnd: end }) {
  if (at !== end || !value.slice(0, at).trim() || !value.slice(at).trim()) return null;
  return { action: "replace", word: index, text: `${value.slice(0, at)} ${value.slice(at)}` };
}

function join(index, text, next) {
  return next ? { action: "replace", word: index, count: 2, text: text + next.textContent } : null;
}

/** Joins the typed text to the end of the previous word. */
export function joinBefore({ index, input, editor }) {
  return join(index - 1, editor.words[index - 1].textContent, { textContent: input.value });
}

function deleteLine(word, words) {
  const line = word.closest(".line").querySelectorAll(".word");
  return { action: "replace", word: words.indexOf(line[0]), count: line.length, text: "" };
}
