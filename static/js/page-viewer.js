// <page-viewer>: the page's picture with its words on it, beside the text. Pointing at a word or a table cell in
// one highlights it in the other. Markup: templates/history/viewer.html.

import { ScrollZoom } from "./scroll-zoom.js";
import { ViewerTabs } from "./viewer-tabs.js";
import { buildLayer } from "./word-layer.js";
import { ZoomPan } from "./zoom-pan.js";

const STEP = 1.4;
const DOUBLE_CLICK_MS = 250;

class PageViewer extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector(".viewer-sheet");
    const stage = this.querySelector(".viewer-stage");
    this.zoomPan = new (this.sheet.matches(".viewer-strips") ? ScrollZoom : ZoomPan)(stage, this.sheet);
    stage.addEventListener("dblclick", () => clearTimeout(this.finding));
    this.tabs = new ViewerTabs(this);
    this.connectButtons();
    this.buildWords();
    this.addEventListener("wordschange", () => this.buildWords());
    this.addEventListener("wordopen", ({ detail }) => this.showOpen(detail.index));
    this.querySelector(".word-found")?.scrollIntoView({ block: "nearest" });
  }

  /** The layer on the picture, for the current words of the text. */
  buildWords() {
    this.layer?.remove();
    this.words = [...this.querySelectorAll(".word[data-box]")];
    this.cells = [...this.querySelectorAll("[data-cell][data-box]")];
    Object.assign(this, buildLayer(this.words, this.cells, this.sheet));
    this.connectPairs(this.words, this.boxes, (box) => this.zoomPan.reveal(box));
    this.connectPairs(this.boxes, this.words, (word) => this.findInText(word));
    this.connectPairs(this.cells, this.cellBoxes);
    this.connectPairs(this.cellBoxes, this.cells, (cell) => cell.scrollIntoView({ block: "nearest" }));
    this.connectWordsOfCells();
  }

  /** A click on a word in the picture opens it for correction in the text; a second click zooms. */
  findInText(word) {
    if (!document.getSelection().isCollapsed) return;
    clearTimeout(this.finding);
    this.finding = setTimeout(() => {
      this.tabs.show("text");
      word.scrollIntoView({ block: "nearest" });
      word.click();
    }, DOUBLE_CLICK_MS);
  }

  /** Marks the word being corrected on the picture, and brings it into view. */
  showOpen(index) {
    for (const box of this.boxes) box.classList.remove("box-open");
    this.boxes[index]?.classList.add("box-open");
    if (this.boxes[index]) this.zoomPan.reveal(this.boxes[index]);
  }

  connectButtons() {
    const actions = { in: () => this.zoomPan.zoom(STEP), out: () => this.zoomPan.zoom(1 / STEP), fit: () => this.zoomPan.fit() };
    for (const button of this.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", actions[button.dataset.zoom]);
    }
    const boxes = this.querySelector("[data-boxes]");
    boxes.addEventListener("click", () => {
      boxes.ariaPressed = String(this.toggleAttribute("data-show-boxes"));
    });
  }

  /** The counterpart: words and boxes have the same order. */
  connectPairs(from, to, onClick = null) {
    from.forEach((element, index) => {
      lightTogether(element, [element, to[index]]);
      if (onClick) element.addEventListener("click", () => onClick(to[index]));
    });
  }

  /** The cell around a word's box, which is highlighted too. */
  connectWordsOfCells() {
    const places = new Map(this.cells.map((cell, index) => [cell, index]));
    this.words.forEach((word, index) => {
      const cell = word.closest("[data-cell]");
      if (places.has(cell)) lightTogether(this.boxes[index], [cell, this.cellBoxes[places.get(cell)]]);
    });
  }
}

function lightTogether(pointed, elements) {
  const light = (lit) => elements.forEach((element) => element.classList.toggle("lit", lit));
  pointed.addEventListener("pointerenter", () => light(true));
  pointed.addEventListener("pointerleave", () => light(false));
}

customElements.define("page-viewer", PageViewer);
