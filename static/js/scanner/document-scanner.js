// The scanner: photos of sheets by the camera or from files, straightened, as the pages of one document.
// Markup: templates/upload/scanner.html.

import { fill } from "../api.js";
import { canvasOf } from "./camera.js";
import { CornerEditor } from "./corner-editor.js";
import { LiveView } from "./live-view.js";
import { fileOf } from "./page-files.js";
import { PageTray } from "./page-tray.js";
import { WHOLE } from "./quad.js";
import { findSheet } from "./sheet-finder.js";
import { straightened } from "./straighten.js";

let scanner = null;

/** Opens the dialog; resolves to the document as a File, or null if cancelled. */
export async function scan({ zone, styles, maxBytes }) {
  await loadStyles(styles);
  scanner ??= new Scanner(zone, maxBytes);
  return scanner.scan();
}

function loadStyles(address) {
  if (document.querySelector(`link[href="${address}"]`)) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  document.head.append(link);
  return new Promise((loaded) => (link.onload = link.onerror = loaded));
}

class Scanner {
  constructor(zone, maxBytes) {
    this.maxBytes = maxBytes;
    zone.append(document.importNode(zone.querySelector("#scanner").content, true));
    this.dialog = zone.querySelector(".scanner");
    this.live = new LiveView(this.piece(".scanner-live"), {
      isShown: () => this.dialog.dataset.view === "camera",
      seen: (corners) => this.say(corners ? "found" : "looking"),
      lost: () => this.openCamera(),
    });
    this.editor = new CornerEditor(this.piece(".scanner-corners"));
    const template = zone.querySelector("#scanner-page");
    this.tray = new PageTray(this.piece(".scanner-pages"), template, (count) => this.showCount(count));
    this.photos = []; // photos whose corners are still to be checked
    for (const button of this.dialog.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    this.piece("input").addEventListener("change", ({ target }) => this.take([...target.files]).then(() => (target.value = "")));
    this.dialog.addEventListener("close", () => this.leave());
  }

  piece(selector) {
    return this.dialog.querySelector(selector);
  }

  async scan() {
    this.tray.empty();
    this.result = null;
    this.show("camera");
    this.dialog.showModal();
    await this.openCamera();
    return new Promise((resolve) => (this.resolve = resolve));
  }

  async openCamera() {
    this.fault = await this.live.open();
    if (!this.dialog.open) return this.live.close();
    this.dialog.toggleAttribute("data-blind", Boolean(this.fault));
    if (this.dialog.dataset.view === "camera") this.showCamera();
  }

  async shoot() {
    if (!this.live.camera) return;
    this.photos.push(await this.live.camera.shot());
    this.next();
  }

  async take(files) {
    for (const file of files) {
      const photo = await canvasOf(file).catch(() => null);
      if (photo) this.photos.push(photo);
      else this.say("unreadable");
    }
    if (this.photos.length) this.next();
  }

  /** Shows the next photo whose corners are to be checked, or else the camera. */
  next() {
    const [photo] = this.photos;
    if (!photo) return this.showCamera();
    const corners = findSheet(photo);
    this.show("corners");
    this.editor.show(photo, corners);
    this.say(corners ? "check" : "whole");
    this.piece("[data-do=use]").focus();
  }

  showCamera() {
    this.show("camera");
    if (this.fault) this.say(this.fault);
    else this.piece("[data-do=shoot]").focus();
  }

  whole = () => this.editor.choose(WHOLE);

  async use() {
    const photo = this.photos.shift();
    if (!photo) return;
    await this.tray.add(straightened(photo, this.editor.corners));
    this.next();
    if (!this.photos.length) this.piece("[data-do=finish]").focus();
  }

  reject() {
    this.photos.shift();
    this.next();
  }

  async finish() {
    this.result = await fileOf(this.tray.pages, this.dialog.dataset.name, this.maxBytes);
    if (this.result) this.dialog.close();
    else this.say("full");
  }

  cancel() {
    this.dialog.close();
  }

  leave() {
    this.live.close();
    this.photos = [];
    this.resolve?.(this.result);
  }

  show(view) {
    this.dialog.dataset.view = view;
  }

  say(what) {
    const text = this.dialog.dataset[`text${what[0].toUpperCase()}${what.slice(1)}`];
    const status = this.piece("[role=status]");
    if (status.textContent !== text) status.textContent = text;
    this.piece("[data-join]")?.toggleAttribute("hidden", what !== "full");
  }

  showCount(count) {
    const finish = this.piece("[data-do=finish]");
    finish.hidden = count === 0;
    finish.querySelector("span").textContent = fill(count === 1 ? finish.dataset.one : finish.dataset.many, { count });
  }
}
