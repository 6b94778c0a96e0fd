// <copy-button data-target="#id" data-done="Copied"><button><span>Copy</span></button></copy-button>
// Copies the text of the target, or of `source` if set: as HTML with tables, headings and lists, and as plain text
// with tabs between cells. data-within: selector of an enclosing element in which to find the target. `plain`: the
// plain text, if it is known. data-text and data-html: addresses of a text and of its HTML, which are copied
// instead of a target.

import { htmlOf, parsed, textOf } from "./structured-text.js";

const SHOWN_MS = 1600;

class CopyButton extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", () => this.copy());
  }

  get target() {
    const around = this.dataset.within ? this.closest(this.dataset.within) : document;
    return this.source ?? around.querySelector(this.dataset.target);
  }

  async copy() {
    const { target } = this;
    if (this.dataset.text) await copyFrom(this.dataset.text, this.dataset.html);
    else if (target.value !== undefined) await navigator.clipboard.writeText(target.value);
    else await write(this.plain ?? textOf(target), htmlOf(target));
    const label = this.querySelector("span");
    this.label ??= label.textContent;
    label.textContent = this.dataset.done;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (label.textContent = this.label), SHOWN_MS);
  }
}

/** Texts fetched from this site: trimmed plain text, and HTML. */
async function copyFrom(address, structured) {
  const text = load(address).then((content) => content.replace(/[ \t]+$/gm, "").trim());
  if (!window.ClipboardItem) return navigator.clipboard.writeText(await text);
  const html = load(structured).then((content) => htmlOf(parsed(content).body));
  // Safari allows this only while the click is handled, so the texts are passed as promises.
  const kinds = { "text/plain": text, "text/html": html };
  const blobs = Object.entries(kinds).map(([type, content]) => [type, content.then((each) => new Blob([each], { type }))]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.text();
}

/** Copies HTML and text, or only the text where the browser cannot copy HTML. */
async function write(text, html) {
  if (!window.ClipboardItem) return navigator.clipboard.writeText(text);
  const kinds = { "text/plain": text, "text/html": html };
  const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

customElements.define("copy-button", CopyButton);
