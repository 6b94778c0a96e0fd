// <upload-zone>: accepts files that are dropped anywhere, pasted, chosen, photographed or scanned, and shows a
// <result-card> for each, and a <batch-panel> for several at once.

import { fill, request } from "./api.js";
import "./batch-panel.js";
import { isArchive, packed } from "./batch-sender.js";
import { DirectReading } from "./direct-reading.js";
import { listenForFiles } from "./file-sources.js";
import "./picture-editor.js";
import { fitted, isPicture } from "./picture-shrink.js";
import "./result-card.js";
import { chosenOptions, rememberOptions } from "./upload-options.js";

const AT_ONCE = 2;

class UploadZone extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector(".results");
    this.maxBytes = Number(this.dataset.maxBytes);
    this.waiting = [];
    this.running = 0;
    listenForFiles(this, (files) => this.add(files));
    for (const button of this.querySelectorAll("[data-scan]")) {
      button.addEventListener("click", () => this.scan());
    }
    this.rememberOptions();
  }

  /** This browser remembers the last choice of language and engine. */
  rememberOptions() {
    this.editFirst = this.form.querySelector("[data-edit-first]");
    this.editFirst.checked = localStorage.getItem("onlineocr.edit") === "yes";
    this.editFirst.addEventListener("change", () => {
      localStorage.setItem("onlineocr.edit", this.editFirst.checked ? "yes" : "no");
    });
    rememberOptions(this.form);
  }

  /** Several files form a batch; a single file, or one with a chosen part, is recognized directly. */
  async add(files) {
    const together = [];
    for (const [index, given] of files.entries()) {
      this.showPreparation(index + 1, files.length);
      const file = isArchive(given) ? given : await fitted(given, this.maxBytes);
      const wanted = file ? await this.wanted(file) : {};
      if (!wanted) continue;
      const card = this.makeCard(file ?? given, wanted);
      if (Object.keys(wanted).length) this.readDirectly(card);
      else together.push(card);
    }
    this.showPreparation(0, 0);
    if (together.length === 1 && !isArchive(together[0].file)) this.readDirectly(together[0]);
    else await this.readTogether(together);
  }

  showPreparation(number, total) {
    const status = this.querySelector(".drop-status");
    status.textContent = total > 1 ? fill(status.dataset.text, { number, total }) : "";
  }

  /** The part of the file to recognize, for the API; null to leave the file out. */
  async wanted(file) {
    if (!this.editFirst.checked || !file.type.startsWith("image/")) return {};
    return this.querySelector("picture-editor").edit(file);
  }

  makeCard(file, wanted = {}) {
    const item = document.createElement("li");
    item.append(document.importNode(this.querySelector("#result-card").content, true));
    const card = item.firstElementChild;
    card.hold(file, wanted);
    if (file.size > this.limitOf(file) && !isArchive(file)) {
      card.failAsTooLarge(this.dataset.tooLarge, isPicture(file) ? () => this.shrink(card) : null);
    }
    return card;
  }

  /** The file to send. A picture is limited in pixels, and made smaller only if the browser can open it. */
  limitOf(file) {
    return isPicture(file) ? Number(this.dataset.maxPictureBytes) : this.maxBytes;
  }

  /** Shrinks the picture further, to which the user has agreed. */
  async shrink(card) {
    const smaller = await fitted(card.file, this.limitOf(card.file), { strong: true });
    if (!smaller) return card.failAsTooLarge(this.dataset.tooLarge, null);
    card.closest("li").remove();
    this.readDirectly(this.makeCard(smaller));
  }

  /** Loads the scanner's script on first use. */
  async scan() {
    const { scan } = await import("./scanner/document-scanner.js");
    const file = await scan({ zone: this, styles: this.dataset.scannerStyles, maxBytes: this.maxBytes });
    if (file) this.readDirectly(this.makeCard(file));
  }

  readDirectly(card) {
    this.showFirst(card.closest("li"));
    if (card.hasEnded) return;
    const again = (reading) => this.enqueue(reading);
    this.enqueue(new DirectReading(card, { address: this.dataset.api, options: chosenOptions(this.form), again }));
  }

  async readTogether(cards) {
    await this.visit();
    const limits = { most: Number(this.dataset.maxFiles), bytes: Number(this.dataset.maxBatchBytes) };
    for (const group of packed(cards, limits)) {
      const item = document.createElement("li");
      item.append(document.importNode(this.querySelector("#batch-panel").content, true));
      this.showFirst(item);
      item.firstElementChild.begin(group, { options: chosenOptions(this.form), makeCard: (file) => this.makeCard(file) });
    }
  }

  /** The newest result fills the page; older ones become rows. */
  showFirst(item) {
    for (const card of this.list.querySelectorAll("result-card")) card.classList.add("result-row");
    this.list.prepend(item);
  }

  enqueue(reading) {
    this.waiting.push(reading);
    this.next();
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) this.run(this.waiting.shift());
  }

  async run(reading) {
    this.running += 1;
    try {
      await this.visit();
      await reading.run();
    } finally {
      this.running -= 1;
      this.next();
    }
  }

  /** Begins the session to which a visitor's results belong, before the first file is sent. */
  async visit() {
    this.visiting ??= this.dataset.visit ? request(this.dataset.visit, { method: "POST" }) : null;
    await this.visiting?.catch(() => null);
  }
}

customElements.define("upload-zone", UploadZone);
