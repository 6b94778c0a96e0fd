// <batch-watch data-batch="/api/batches/…/">: updates the page whenever something has changed.

import { follow, hasEnded } from "./follow.js";
import { withdrawMail } from "./mail-box.js";
import { showPage } from "./page-swap.js";
import { showPlace } from "./place.js";
import { tell } from "./tell-when-done.js";

const stateOf = ({ counts, pages_done }) => JSON.stringify([counts, pages_done]);

class BatchWatch extends HTMLElement {
  connectedCallback() {
    this.watch();
  }

  async watch() {
    let shown = null;
    for await (const { status, body: batch } of follow(this.dataset.batch)) {
      if (!this.isConnected) return;
      const state = status === 200 ? stateOf(batch) : null;
      const ended = status !== 200 || hasEnded(batch);
      if (status === 200 && ended) {
        tell(batch.name || document.title, this.dataset.done);
        withdrawMail(window.location.pathname, "mail" in this.dataset);
      }
      if (ended || (shown && shown !== state)) {
        const page = await fetch(window.location).catch(() => null);
        if (this.isConnected && page) return showPage(page); // contains the next watch, if one is needed
      }
      if (status === 200) showPlace(this.querySelector(".place"), batch);
      shown = state;
    }
  }
}

customElements.define("batch-watch", BatchWatch);
