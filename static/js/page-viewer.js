// <page-viewer>: the page's picture with its words on it, beside the text. Pointing at a word in one
// lights it up in the other. Markup: templates/history/viewer.html.

import { buildLayer } from "./word-layer.js";
import { ZoomPan } from "./zoom-pan.js";

const STEP = 1.4;

class PageViewer extends HTMLElement {
  connectedCallback() {
    const [stage, sheet] = [this.querySelector(".viewer-stage"), this.querySelector(".viewer-sheet")];
    this.words = [...this.querySelectorAll(".word[data-box]")];
    this.boxes = buildLayer(this.words, sheet);
    this.zoomPan = new ZoomPan(stage, sheet);
    this.connectButtons();
    this.connectWords(this.words, this.boxes, (box) => this.zoomPan.reveal(box));
    this.connectWords(this.boxes, this.words, (word) => word.scrollIntoView({ block: "nearest" }));
    this.querySelector(".word-found")?.scrollIntoView({ block: "nearest" });
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

  /** Words and boxes stand in the same order: the n-th of one is the n-th of the other. */
  connectWords(from, to, onClick) {
    from.forEach((element, index) => {
      const light = (lit) => {
        element.classList.toggle("lit", lit);
        to[index].classList.toggle("lit", lit);
      };
      element.addEventListener("pointerenter", () => light(true));
      element.addEventListener("pointerleave", () => light(false));
      element.addEventListener("click", () => onClick(to[index]));
    });
  }
}

customElements.define("page-viewer", PageViewer);
