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
    else await write(this.plain ?? textOf(target), () => htmlOf(target));
    const label = this.querySelector("span");
    this.label ??= label.textContent;
    label.textContent = this.dataset.done;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (label.textContent = this.label), SHOWN_MS);
  }
}

/** Copies texts of this site: trimmed plain text, and HTML. */
function copyFrom(address, structured) {
  const text = load(address).then((content) => content.replace(/[ \t]+$/gm, "").trim());
  return write(text, () => load(structured).then((content) => htmlOf(parsed(content).body)));
}

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.text();
}

/** Copies text and html(), or only the text where the browser cannot copy HTML. Each may be a promise, because
 * Safari allows copying only while the click is handled. */
async function write(text, html) {
  if (!window.ClipboardItem) return navigator.clipboard.writeText(await text);
  const blob = async (content, type) => new Blob([await content], { type });
  const kinds = { "text/plain": blob(text, "text/plain"), "text/html": blob(html(), "text/html") };
  return navigator.clipboard.write([new ClipboardItem(kinds)]);
}

customElements.define("copy-button", CopyButton);
