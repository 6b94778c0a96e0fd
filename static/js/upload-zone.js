// <upload-zone>: takes files that are dropped anywhere, pasted, picked or photographed, and runs a
// <result-card> for each, a few at a time.

import { request } from "./api.js";
import "./overall-progress.js";
import "./picture-editor.js";
import "./result-card.js";
import { chosenOptions, rememberOptions } from "./upload-options.js";

const AT_ONCE = 2;

class UploadZone extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector(".results");
    this.overall = this.querySelector("overall-progress");
    this.waiting = [];
    this.running = 0;
    this.visit = null;
    this.listenForFiles();
    this.listenForDrops();
    this.rememberOptions();
    this.addEventListener("retry", (event) => this.enqueue(event.target));
  }

  listenForFiles() {
    for (const input of this.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => {
        this.add([...input.files]);
        input.value = "";
      });
    }
    document.addEventListener("paste", (event) => this.add(event.clipboardData.files));
  }

  listenForDrops() {
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    document.addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.toggleAttribute("data-dragging", true);
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) this.removeAttribute("data-dragging");
    });
    document.addEventListener("drop", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.removeAttribute("data-dragging");
      this.add(event.dataTransfer.files);
    });
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

  async add(files) {
    for (const file of [...files]) {
      const wanted = await this.wanted(file);
      if (wanted) this.addCard(file, wanted);
    }
  }

  /** What of the file shall be read, for the API; null to leave it out. */
  async wanted(file) {
    if (!this.editFirst.checked || !file.type.startsWith("image/")) return {};
    return this.querySelector("picture-editor").edit(file);
  }

  addCard(file, wanted) {
    const item = document.createElement("li");
    item.append(document.importNode(this.querySelector("template").content, true));
    this.list.prepend(item);
    const card = item.firstElementChild;
    card.hold(file, wanted);
    if (file.size > Number(this.dataset.maxBytes)) card.fail(this.dataset.tooLarge, { retry: false });
    else this.enqueue(card);
  }

  enqueue(card) {
    this.overall.begin();
    this.waiting.push(card);
    this.next();
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) this.run(this.waiting.shift());
  }

  async run(card) {
    this.running += 1;
    try {
      this.visit ??= this.dataset.visit ? request(this.dataset.visit, { method: "POST" }) : null;
      await this.visit?.catch(() => null);
      if (card.isConnected) await card.run(this.dataset.api, chosenOptions(this.form));
    } finally {
      this.overall.end();
      this.running -= 1;
      this.next();
    }
  }
}

customElements.define("upload-zone", UploadZone);
