// <select-all><form id="…"><input type="checkbox" data-all></form></select-all>
// One box ticks all boxes of the form, wherever they are on the page.

class SelectAll extends HTMLElement {
  connectedCallback() {
    this.all = this.querySelector("[data-all]");
    this.form = this.querySelector("form");
    this.all.addEventListener("change", () => this.tick(this.all.checked));
    document.addEventListener("change", (this.update = () => this.show()));
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("change", this.update);
  }

  get boxes() {
    return [...this.form.elements].filter((box) => box.type === "checkbox" && box !== this.all);
  }

  tick(checked) {
    for (const box of this.boxes) box.checked = checked;
    this.show();
  }

  show() {
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.all.checked = ticked > 0 && ticked === this.boxes.length;
    this.all.indeterminate = ticked > 0 && !this.all.checked;
  }
}

customElements.define("select-all", SelectAll);
