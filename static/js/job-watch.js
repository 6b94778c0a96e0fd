// <job-watch data-job="/api/jobs/…/">: shows how far a job is and opens its result when it has ended.

import { fill, request } from "./api.js";

const WAIT_SECONDS = 20;
const PAUSE_MS = 2000;

class JobWatch extends HTMLElement {
  connectedCallback() {
    this.watch();
  }

  async watch() {
    const address = new URL(this.dataset.job, window.location.href);
    address.searchParams.set("wait", WAIT_SECONDS);
    for (;;) {
      const response = await request(address).catch(() => null);
      if (!response?.ok) {
        await new Promise((resume) => setTimeout(resume, PAUSE_MS));
        continue;
      }
      const job = await response.json();
      if (!["queued", "running"].includes(job.status)) return window.location.reload();
      this.show(job);
    }
  }

  show({ pages_done: done, pages_total: total }) {
    if (!total) return;
    const bar = this.querySelector(".progress");
    bar.removeAttribute("data-busy");
    bar.firstElementChild.style.width = `${(100 * done) / total}%`;
    this.querySelector("[data-state]").textContent = fill(this.dataset.pages, { done, total });
  }
}

customElements.define("job-watch", JobWatch);
