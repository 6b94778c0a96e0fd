// The scanned pages in order: each can be moved, turned and dropped.

import { fill } from "../api.js";
import { encode, turnedRight } from "./page-files.js";

export class PageTray {
  /** list: an <ol>; template: one page of it. changed: called after every change. */
  constructor(list, template, changed) {
    Object.assign(this, { list, template, changed, pages: [] });
  }

  async add(canvas) {
    const page = { ...(await encode(canvas)), item: document.importNode(this.template.content, true).firstElementChild };
    for (const button of page.item.querySelectorAll("[data-page]")) {
      button.addEventListener("click", () => this.act(page, button.dataset.page));
    }
    this.pages.push(page);
    this.show();
  }

  async act(page, action) {
    const at = this.pages.indexOf(page);
    if (action === "turn") Object.assign(page, await turnedRight(page));
    else if (action === "drop") this.pages.splice(at, 1);
    else this.move(at, action === "earlier" ? at - 1 : at + 1);
    this.show();
    this.focus(action === "drop" ? this.pages[Math.min(at, this.pages.length - 1)] : page, action);
  }

  move(from, to) {
    if (to < 0 || to >= this.pages.length) return;
    this.pages.splice(to, 0, ...this.pages.splice(from, 1));
  }

  /** Keeps the focus on the pressed button, if it is still enabled. */
  focus(page, action) {
    const buttons = [...(page?.item.querySelectorAll("[data-page]") ?? [])].filter((button) => !button.disabled);
    (buttons.find((button) => button.dataset.page === action) ?? buttons[0])?.focus();
  }

  show() {
    this.list.replaceChildren(...this.pages.map((page) => page.item));
    for (const [index, page] of this.pages.entries()) this.showPage(page, index);
    this.changed(this.pages.length);
  }

  showPage(page, index) {
    const { item } = page;
    const image = item.querySelector("img");
    if (page.shown !== page.blob) {
      URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(page.blob);
      page.shown = page.blob;
    }
    item.querySelector("[data-number]").textContent = index + 1;
    image.alt = fill(this.list.dataset.page, { number: index + 1 });
    for (const button of item.querySelectorAll("[data-page]")) {
      button.dataset.title ??= button.ariaLabel;
      button.ariaLabel = fill(button.dataset.title, { number: index + 1 });
    }
    item.querySelector("[data-page=earlier]").disabled = index === 0;
    item.querySelector("[data-page=later]").disabled = index === this.pages.length - 1;
  }

  empty() {
    for (const { item } of this.pages) URL.revokeObjectURL(item.querySelector("img").src);
    this.pages = [];
    this.show();
  }
}
