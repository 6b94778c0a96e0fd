// <key-field data-placeholder="oo_YOUR_KEY" hidden><input></key-field>
// Inserts a typed or pasted key into all samples of the page. The key is neither sent nor stored.

class KeyField extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.input = this.querySelector("input");
    this.shown = this.dataset.placeholder;
    this.input.addEventListener("input", () => this.fill());
    // A search replaces the samples on the page.
    new MutationObserver(() => this.fill(this.dataset.placeholder)).observe(
      document.querySelector("#found"),
      { childList: true },
    );
  }

  fill(before = this.shown) {
    const key = this.input.value.trim() || this.dataset.placeholder;
    if (key === before) return;
    for (const code of document.querySelectorAll("pre.code code"))
      code.textContent = code.textContent.replaceAll(before, key);
    this.shown = key;
  }
}

customElements.define("key-field", KeyField);
