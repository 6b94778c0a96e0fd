// <upload-zone>: takes files that are dropped anywhere, pasted, picked or photographed, and shows a
// <result-card> for each; several at once are a <batch-panel>.

import { request } from "./api.js";
import "./batch-panel.js";
import { isArchive, packed } from "./batch-sender.js";
import { DirectReading } from "./direct-reading.js";
import { listenForFiles } from "./file-sources.js";
import "./picture-editor.js";
import "./result-card.js";
import { chosenOptions, rememberOptions } from "./upload-options.js";

const AT_ONCE = 2;

class UploadZone extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector(".results");
    this.waiting = [];
    this.running = 0;
    listenForFiles(this, (files) => this.add(files));
    this.rememberOptions();
  }

  /** Language and engine stay as they were chosen last in this browser. */
  rememberOptions() {
    this.editFirst = this.form.querySelector("[data-edit-first]");
    this.editFirst.checked = localStorage.getItem("onlineocr.edit") === "yes";
    this.editFirst.addEventListener("change", () => {
      localStorage.setItem("onlineocr.edit", this.editFirst.checked ? "yes" : "no");
    });
    rememberOptions(this.form);
  }

  /** Several files are one batch; one by itself, or one of which a part was chosen, is read directly. */
  async add(files) {
    const together = [];
    for (const file of files) {
      const wanted = await this.wanted(file);
      if (!wanted) continue;
      const card = this.makeCard(file, wanted);
      if (Object.keys(wanted).length) this.readDirectly(card);
      else together.push(card);
    }
    if (together.length === 1 && !isArchive(together[0].file)) this.readDirectly(together[0]);
    else await this.readTogether(together);
  }

  /** What of the file shall be read, for the API; null to leave it out. */
  async wanted(file) {
    if (!this.editFirst.checked || !file.type.startsWith("image/")) return {};
    return this.querySelector("picture-editor").edit(file);
  }

  makeCard(file, wanted = {}) {
    const item = document.createElement("li");
    item.append(document.importNode(this.querySelector("#result-card").content, true));
    const card = item.firstElementChild;
    card.hold(file, wanted);
    const tooLarge = file.size > Number(this.dataset.maxBytes) && !isArchive(file);
    if (tooLarge) card.fail(this.dataset.tooLarge, { retry: false });
    return card;
  }

  readDirectly(card) {
    this.list.prepend(card.closest("li"));
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
      this.list.prepend(item);
      item.firstElementChild.begin(group, { options: chosenOptions(this.form), makeCard: (file) => this.makeCard(file) });
    }
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

  /** Results of visitors belong to a session, which has to begin before the first file is sent. */
  async visit() {
    this.visiting ??= this.dataset.visit ? request(this.dataset.visit, { method: "POST" }) : null;
    await this.visiting?.catch(() => null);
  }
}

customElements.define("upload-zone", UploadZone);
