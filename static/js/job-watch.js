// <job-watch data-job="/api/jobs/…/">: shows the progress of a job, and its result when it has ended.

import { fill } from "./api.js";
import { follow, hasEnded } from "./follow.js";
import { withdrawMail } from "./mail-box.js";
import { showPage } from "./page-swap.js";
import { showPlace } from "./place.js";
import { tell } from "./tell-when-done.js";

class JobWatch extends HTMLElement {
  connectedCallback() {
    this.watch();
  }

  async watch() {
    for await (const { status, body: job } of follow(this.dataset.job)) {
      if (!this.isConnected) return;
      if (status === 200 && hasEnded(job)) {
        tell(job.file_name, this.dataset[job.status === "done" ? "done" : "stopped"]);
        withdrawMail(window.location.pathname, "mail" in this.dataset);
      }
      if (status !== 200 || hasEnded(job)) return showPage(await fetch(window.location).catch(() => null));
      this.show(job);
    }
  }

  show(job) {
    const { status, pages_done: done, pages_total: total } = job;
    showPlace(this.querySelector(".place"), job);
    this.querySelector("h2").textContent = this.dataset[status];
    const bar = this.querySelector(".progress");
    bar.toggleAttribute("data-busy", !total);
    bar.firstElementChild.style.width = total ? `${(100 * done) / total}%` : "";
    if (total) this.querySelector("[data-state]").textContent = fill(this.dataset.pages, { done, total });
  }
}

customElements.define("job-watch", JobWatch);
