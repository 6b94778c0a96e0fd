// <confirm-button data-question="…?" data-yes="Delete" data-no="Keep"><form>…</form></confirm-button>
// Asks in a dialog, then posts the form. Without scripts the form opens a page that asks.

class ConfirmButton extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(event.target);
    });
  }

  ask(form) {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", this.dataset.question);
    const question = Object.assign(document.createElement("p"), { textContent: this.dataset.question });
    const buttons = Object.assign(document.createElement("form"), { method: "dialog", className: "button-row" });
    buttons.append(this.button("yes", "button button-danger"), this.button("no", "button"));
    dialog.className = "stack";
    dialog.append(question, buttons);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue !== "yes") return;
      form.method = "post";
      form.submit();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  button(value, className) {
    return Object.assign(document.createElement("button"), {
      value,
      className,
      textContent: this.dataset[value],
    });
  }
}

customElements.define("confirm-button", ConfirmButton);
