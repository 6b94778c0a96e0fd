// <copy-button data-target="#id" data-done="Copied"><button><span>Copy</span></button></copy-button>
// Copies the text of the target, or of what `source` was set to: with its tables, headings and lists for
// programs that know such, with tabs between cells for all others. data-within: the element around it
// that the target is in. `plain` is the plain text where that is known better. data-text and data-html:
// addresses of a text, and of the same with its structure, that are copied instead of a target.

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

/** Files of this site: plain text without spaces and empty lines at its ends, and HTML. */
async function copyFrom(address, structured) {
  const text = load(address).then((content) => content.replace(/[ \t]+$/gm, "").trim());
  if (!window.ClipboardItem) return navigator.clipboard.writeText(await text);
  const html = load(structured).then((content) => htmlOf(parsed(content).body));
  // Safari allows this only while the click is handled, so the texts come as promises.
  const kinds = { "text/plain": text, "text/html": html };
  const blobs = Object.entries(kinds).map(([type, content]) => [type, content.then((each) => new Blob([each], { type }))]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.text();
}

/** Browsers that cannot copy HTML copy the text. */
async function write(text, html) {
  if (!window.ClipboardItem) return navigator.clipboard.writeText(text);
  const kinds = { "text/plain": text, "text/html": html };
  const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

customElements.define("copy-button", CopyButton);
