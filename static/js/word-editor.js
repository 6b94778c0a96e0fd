// <word-editor>: the text of a page whose words can be corrected in place. A click or Enter on a word turns it
// into a field with its picture above. Markup: templates/history/viewer.html.

import { fill } from "./api.js";
import { PageEdits } from "./page-edits.js";
import { turnPage } from "./page-keys.js";
import { drawCrop } from "./word-crop.js";
import { WordFocus } from "./word-focus.js";
import { BACKWARD, goToDoubt, rememberDoubts } from "./word-pages.js";
import { TO_CHECK, WordPanel } from "./word-panel.js";

// A second click within this time is for the table, whose cells become fields.
const DOUBLE_CLICK_MS = 250;

class WordEditor extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.address) return;
    this.text = this.querySelector(".page-text");
    this.sheet = this.closest("page-viewer").querySelector(".viewer-sheet");
    this.edits = this.makeEdits();
    this.panel = new WordPanel(this.querySelector(".word-panel"), this);
    this.focuser = new WordFocus(this.text, { open: (index) => this.open(index), help: "words-help" });
    this.focuser.choose(Math.max(0, this.next(-1, 1) ?? 0));
    this.text.addEventListener("click", (event) => this.clicked(event));
    this.connectButtons();
    document.addEventListener("keydown", (event) => this.isConnected && this.key(event));
    if (window.location.hash.startsWith("#check")) this.arrive(window.location.hash);
  }

  makeEdits() {
    const edits = new PageEdits({
      ...this.dataset,
      show: (...answer) => this.show(...answer),
      refuse: (code) => this.say(code === "conflict" ? this.dataset.conflict : this.dataset.refused),
      wait: () => this.say(this.dataset.unsaved),
    });
    edits.words = this.words.length;
    return edits;
  }

  connectButtons() {
    const [next, undo] = ["[data-next]", "[data-undo]"].map((name) => this.querySelector(name));
    next.hidden = undo.hidden = false;
    next.addEventListener("click", () => this.check(this.panel.index));
    undo.addEventListener("click", () => this.undo());
  }

  get words() {
    return [...this.querySelectorAll(".page-text .word")];
  }

  /** The index of the next word to check in a direction, 1 or -1; null after the last one. */
  next(from, step) {
    const places = [...this.words.entries()].filter(([, word]) => word.matches(TO_CHECK)).map(([index]) => index);
    const found = step > 0 ? places.find((index) => index > from) : places.findLast((index) => index < from);
    return found ?? null;
  }

  /** Opens the document's next word to check; after the last one it starts again at the beginning. */
  check(from) {
    const index = this.next(from, 1);
    if (index !== null) this.open(index);
    else if (!goToDoubt(this, 1) && !goToDoubt(this, 0)) this.arrive();
  }

  /** Opens this page's first word to check, or its last one when going backwards. */
  arrive(hash = "") {
    const index = hash === BACKWARD ? this.next(Infinity, -1) : this.next(-1, 1);
    if (index === null) this.say(this.dataset.last);
    else this.open(index);
  }

  open(index, mode = "replace") {
    const word = this.words[index];
    if (!word) return;
    this.focuser.choose(index);
    this.panel.open(index, word, mode);
    this.dispatchEvent(new CustomEvent("wordopen", { bubbles: true, detail: { index } }));
  }

  crop(canvas, word) {
    drawCrop(canvas, this.sheet, word.dataset.box);
  }

  clicked(event) {
    const word = event.target.closest(".word");
    if (!word || event.detail > 1 || !document.getSelection().isCollapsed) return;
    const index = this.words.indexOf(word);
    if (!word.closest("[data-cell]")) return this.open(index);
    const opening = setTimeout(() => this.open(index), DOUBLE_CLICK_MS);
    this.text.addEventListener("dblclick", () => clearTimeout(opening), { once: true });
  }

  key(event) {
    const undoing = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!undoing || event.target.matches("textarea, input:not(.word-input)") || this.panel.isChanged) return;
    event.preventDefault();
    this.undo();
  }

  async undo() {
    const { isOpen, index } = this.panel;
    this.panel.close();
    await this.edits.send({ action: "undo", word: Infinity });
    if (isOpen) this.focuser.focus(index);
  }

  /** Sends an edit, even while others are being sent. optimistic: the word's text until the answer arrives. */
  send(edit, optimistic) {
    const word = this.words[edit.word];
    if (optimistic && word) {
      word.textContent = edit.text;
      word.classList.remove("word-check", "word-doubtful");
    }
    return this.edits.send(edit);
  }

  /** Replaces the shown text by the server's text of the page. */
  show({ html, to_check_text: toCheck, can_undo: canUndo, corrected, doubtful_pages: doubtful }, edit, added) {
    const hadFocus = this.text.contains(document.activeElement);
    this.text.innerHTML = html;
    this.querySelector("[data-to-check]").textContent = toCheck;
    rememberDoubts(this, doubtful);
    this.querySelector("[data-next]").disabled = !this.querySelector(TO_CHECK) && !this.dataset.firstPage;
    this.querySelector("[data-undo]").disabled = !canUndo;
    this.querySelector(".version").hidden = !corrected;
    this.focuser.choose(this.focuser.index + (edit && edit.word < this.focuser.index ? added : 0));
    if (hadFocus) this.focuser.focus();
    this.panel.follow(edit, added, this.words);
    this.say(`${edit?.action === "undo" ? this.dataset.undone : this.dataset.saved} ${toCheck}.`);
    this.dispatchEvent(new Event("wordschange", { bubbles: true }));
  }

  turn(key) {
    this.panel.save();
    return turnPage(key, "#check");
  }

  say(message) {
    this.querySelector("[data-said]").textContent = message;
  }

  label(mode, word) {
    const { field, fieldDoubtful, fieldInsert, fieldInsertLine } = this.dataset;
    const labels = { insert: fieldInsert, insertLine: fieldInsertLine, replace: word.matches(TO_CHECK) ? fieldDoubtful : field };
    return fill(labels[mode], { word: word.textContent });
  }
}

customElements.define("word-editor", WordEditor);
