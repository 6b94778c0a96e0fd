// The field that replaces a word, with its picture above and further actions below.

import { connectToolbar } from "./toolbar-keys.js";
import { MODES, editOf, joinBefore, serverName } from "./word-actions.js";
import { goToDoubt } from "./word-pages.js";
import { placeOver, widen } from "./word-place.js";

export const TO_CHECK = ".word-check, .word-doubtful";

export class WordPanel {
  /** editor: the <word-editor> around it, which has the words and sends edits. */
  constructor(element, editor) {
    Object.assign(this, { element, editor, index: -1, mode: "replace" });
    [this.input, this.canvas] = [element.querySelector("input"), element.querySelector("canvas")];
    this.tools = [...element.querySelectorAll("[data-action]")];
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => widen(this.input));
    this.more = element.querySelector("[data-more]");
    this.toolbar = element.querySelector("[role=toolbar]");
    this.more.addEventListener("click", () => this.showTools(this.toolbar.hidden));
    connectToolbar(this.toolbar, () => this.input.focus());
    for (const tool of this.tools) tool.addEventListener("click", () => this.act(tool.dataset.action));
    // Otherwise the field would lose its cursor before its button is pressed.
    element.addEventListener("mousedown", (event) => event.target !== this.input && event.preventDefault());
    element.addEventListener("focusout", ({ relatedTarget }) => this.left(relatedTarget));
    window.addEventListener("resize", () => this.isOpen && this.place());
    window.addEventListener("pagehide", () => this.isOpen && this.save());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  get isChanged() {
    return this.isOpen && this.input.value !== this.input.defaultValue;
  }

  get word() {
    return this.editor.words[this.index];
  }

  open(index, word, mode) {
    if (this.isOpen) this.save();
    Object.assign(this, { index, mode });
    this.input.value = this.input.defaultValue = mode === "replace" ? this.editor.words[index].textContent : "";
    this.input.ariaLabel = this.editor.label(mode, word);
    this.element.hidden = false;
    this.more.hidden = mode !== "replace";
    this.showTools(false);
    this.editor.crop(this.canvas, word);
    this.place();
    this.input.focus({ preventScroll: true });
    this.input.select();
    this.element.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.element.hidden = true;
  }

  showTools(shown, { focus = false } = {}) {
    this.toolbar.hidden = !shown;
    this.more.ariaExpanded = String(shown);
    this.place();
    if (focus) this.tools[0].focus();
  }

  place() {
    placeOver(this.word, this, this.editor);
  }

  /** Keeps the field at its word after an edit that added so many words. */
  follow(edit, added, words) {
    if (!this.isOpen) return;
    if (edit && edit.word < this.index) this.index += added;
    if (!words[this.index]) return this.close();
    this.place();
  }

  /** Stores the typed text. confirm: also for an unchanged word, which is sure from then on. */
  save({ confirm = false } = {}) {
    const [word, text] = [this.index, this.input.value];
    if (!this.isChanged && !confirm) return;
    this.input.defaultValue = text;
    if (this.mode === "replace") this.editor.send({ action: "replace", word, text }, Boolean(text.trim()));
    else if (text.trim()) this.editor.send({ action: serverName(this.mode), word, text });
  }

  /** Leaves the field for the word below it. */
  leave(message) {
    this.close();
    this.editor.focuser.focus(this.index);
    if (message) this.editor.say(message);
  }

  left(target) {
    if (!this.isOpen || this.element.contains(target) || !document.hasFocus()) return;
    this.save();
    this.close();
  }

  key(event) {
    const { key, shiftKey } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { value, selectionStart: start, selectionEnd: end } = this.input;
    if (key === "Enter") this.enter();
    else if (key === "Escape") this.leave();
    else if (key === "Tab") this.step(shiftKey ? -1 : 1);
    else if (key.startsWith("Page")) this.editor.turn(key);
    else if (this.mode !== "replace") return;
    else if (key === "ArrowDown") this.showTools(true, { focus: true });
    else if (key === "Backspace" && end === 0 && this.index && value) this.change(joinBefore(this));
    else if (key === "Delete" && start === value.length && value) this.act("join");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Saves, and moves to the next word if this one was to be checked. */
  enter() {
    const toCheck = this.mode === "replace" && this.word.matches(TO_CHECK);
    this.save({ confirm: toCheck });
    if (toCheck) this.step(1);
    else this.leave();
  }

  step(direction) {
    this.save();
    const next = this.editor.next(this.index, direction);
    if (next !== null) return this.editor.open(next);
    if (!goToDoubt(this.editor, direction)) this.leave(this.editor.dataset.last);
  }

  act(name) {
    if (MODES.includes(name)) return this.editor.open(this.index, name);
    const edit = editOf(name, this);
    if (!edit) return this.editor.say(this.editor.dataset.impossible);
    if (edit.text === undefined) this.save();
    return this.change(edit);
  }

  /** Sends the edit and returns to its word, or leaves the field if the word was deleted. */
  async change(edit) {
    this.input.defaultValue = this.input.value;
    this.index = edit.word;
    await this.editor.send(edit);
    if (edit.text === "") this.leave();
    else this.editor.open(edit.word);
  }
}
