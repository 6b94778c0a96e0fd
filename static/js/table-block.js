// <table-block>: a table of the page's text whose cells can be corrected. Markup: templates/history/table.html.

import { fill } from "./api.js";
import "./copy-button.js";

class TableBlock extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.button("edit").hidden = false;
    this.button("edit").addEventListener("click", () => this.edit());
    this.button("cancel").addEventListener("click", () => this.leave());
    this.form.addEventListener("submit", () => this.sendOnlyChanges());
    this.addEventListener("dblclick", ({ target }) => this.edit(target.closest("[data-cell]")));
    this.addEventListener("keydown", (event) => this.onKey(event));
  }

  button(name) {
    return this.querySelector(`[data-${name}]`);
  }

  get inputs() {
    return [...this.querySelectorAll("textarea")];
  }

  /** Turns every cell into a field. cell: the one to focus first. */
  edit(cell = this.querySelector("[data-cell]")) {
    if (this.inputs.length || !cell) return;
    for (const each of this.querySelectorAll("[data-cell]")) this.open(each);
    this.showButtons(true);
    cell.querySelector("textarea").focus();
  }

  open(cell) {
    const [row, column] = cell.dataset.cell.split("-").map(Number);
    const text = [...cell.querySelectorAll(".line")].map((line) => line.textContent.trim()).join(" ");
    const input = Object.assign(document.createElement("textarea"), { name: `cell-${cell.dataset.cell}`, rows: 1, maxLength: 5000, defaultValue: text });
    input.className = "cell-input";
    input.dir = "auto";
    input.ariaLabel = fill(this.dataset.cellLabel, { row: row + 1, column: column + 1 });
    cell.classList.add("editing");
    cell.append(input);
  }

  leave() {
    for (const input of this.inputs) {
      input.parentElement.classList.remove("editing");
      input.remove();
    }
    this.showButtons(false);
    this.button("edit").focus();
  }

  showButtons(editing) {
    this.button("edit").hidden = editing;
    for (const name of ["save", "cancel"]) this.button(name).hidden = !editing;
  }

  /** Disabled fields are not sent. */
  sendOnlyChanges() {
    for (const input of this.inputs) input.disabled = input.value === input.defaultValue;
  }

  onKey(event) {
    if (!event.target.matches("textarea") || event.isComposing) return;
    if (event.key === "Escape") this.leave();
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.form.requestSubmit(this.button("save"));
  }
}

customElements.define("table-block", TableBlock);
