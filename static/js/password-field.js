// <password-field data-show data-hide data-meter data-levels="Too short|Weak|Fair|Strong">…<input type="password">…
// Adds a button that reveals the password, and a strength meter.

const LEAST = 8; // characters that the site requires
const FAIR_BITS = 45;
const STRONG_BITS = 65;
const KINDS = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^a-zA-Z0-9]/, 33],
];

class PasswordField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=password]");
    const { input } = this;
    this.button = document.createElement("button");
    Object.assign(this.button, { type: "button", className: "button button-small button-quiet" });
    this.button.setAttribute("aria-controls", input.id);
    this.button.addEventListener("click", () => this.show(input.type === "password"));
    this.meter = document.createElement("meter");
    Object.assign(this.meter, { min: 0, max: 3, low: 1.5, high: 2.5, optimum: 3 });
    this.meter.setAttribute("aria-label", this.dataset.meter);
    this.said = document.createElement("span");
    this.said.setAttribute("role", "status");
    const row = document.createElement("div");
    row.className = "password-row";
    row.append(this.meter, this.said, this.button);
    input.after(row);
    input.addEventListener("input", () => this.measure());
    input.form.addEventListener("submit", () => this.show(false));
    this.show(false);
    this.measure();
  }

  show(shown) {
    this.input.type = shown ? "text" : "password";
    this.button.textContent = shown ? this.dataset.hide : this.dataset.show;
    this.button.setAttribute("aria-pressed", shown);
  }

  measure() {
    const level = strength(this.input.value);
    this.meter.value = level;
    this.said.textContent = this.input.value ? this.dataset.levels.split("|")[level] : "";
  }
}

/** Strength, 0 to 3, by the bits of a random password of these kinds of characters; repeated ones count once. */
export function strength(password) {
  if (password.length < LEAST || /^\d+$/.test(password)) return 0;
  const alphabet = KINDS.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 0);
  const bits = (new Set(password).size * 0.6 + password.length * 0.4) * Math.log2(alphabet);
  return bits < FAIR_BITS ? 1 : bits < STRONG_BITS ? 2 : 3;
}

customElements.define("password-field", PasswordField);
