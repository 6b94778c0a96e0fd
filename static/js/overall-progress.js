// <overall-progress>: how many of several files are done; hidden for one file and when all are.

import { fill } from "./api.js";

class OverallProgress extends HTMLElement {
  connectedCallback() {
    this.reset();
  }

  begin() {
    this.total += 1;
    this.show();
  }

  end() {
    this.done += 1;
    this.show();
    if (this.done === this.total) this.reset();
  }

  reset() {
    this.total = this.done = 0;
    this.hidden = true;
  }

  show() {
    this.hidden = this.total < 2;
    Object.assign(this.querySelector("progress"), { max: this.total, value: this.done });
    this.querySelector("span").textContent = fill(this.dataset.text, { done: this.done, total: this.total });
  }
}

customElements.define("overall-progress", OverallProgress);
