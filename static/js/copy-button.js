// <copy-button data-target="#id" data-done="Copied"><button><span>Copy</span></button></copy-button>
// Copies the text of the target, or of what `source` was set to.

const SHOWN_MS = 1600;

class CopyButton extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", () => this.copy());
  }

  get text() {
    const target = this.source ?? document.querySelector(this.dataset.target);
    return target.value ?? target.textContent;
  }

  async copy() {
    await navigator.clipboard.writeText(this.text);
    const label = this.querySelector("span");
    this.label ??= label.textContent;
    label.textContent = this.dataset.done;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (label.textContent = this.label), SHOWN_MS);
  }
}

customElements.define("copy-button", CopyButton);
