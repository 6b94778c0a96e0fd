// <result-card>: one file on its way from the browser to its text. Markup: templates/upload/card.html.

import { errorMessage, fill, request, send } from "./api.js";
import "./copy-button.js";

const POLL_SECONDS = 20;
// Everything else the server refuses would be refused again.
const RETRIABLE = [408, 409, 429];

class ResultCard extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.piece = (name) => this.querySelector(`.result-${name}`);
    this.action("remove").addEventListener("click", () => this.closest("li").remove());
    this.action("retry").addEventListener("click", () => this.dispatchEvent(new Event("retry", { bubbles: true })));
  }

  disconnectedCallback() {
    URL.revokeObjectURL(this.picture);
    URL.revokeObjectURL(this.action("download").href);
  }

  action(name) {
    return this.querySelector(`[data-action="${name}"]`);
  }

  /** Shows the file before anything is sent. */
  hold(file) {
    this.file = file;
    this.piece("name").textContent = this.piece("name").title = file.name;
    if (file.type.startsWith("image/")) this.showPicture(file);
    this.show("waiting");
  }

  showPicture(file) {
    this.picture = URL.createObjectURL(file);
    const image = Object.assign(new Image(), { src: this.picture, alt: "" });
    image.onload = () => this.piece("picture").replaceChildren(image);
  }

  /** Sends the file and waits for its text. Never throws: a failure is shown on the card. */
  async run(url, options) {
    const form = new FormData();
    form.append("image", this.file, this.file.name);
    for (const [name, value] of Object.entries(options)) if (value) form.append(name, value);
    try {
      this.show("sending", { percent: 0 });
      const { status, body, location } = await send(url, form, (share) => this.sent(share));
      this.finish(status === 202 ? await this.poll(location) : { ...body, status });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.fail(this.dataset.textNetwork);
    }
  }

  sent(share) {
    if (share < 1) this.show("sending", { percent: Math.round(share * 100) }, share);
    else this.show("reading");
  }

  /** Asks until the job in the background has ended; the answer is shaped as that of a quick one. */
  async poll(location) {
    const address = new URL(location, window.location.href);
    address.searchParams.set("wait", POLL_SECONDS);
    while (this.isConnected) {
      const response = await request(address);
      const job = await response.json();
      if (!response.ok) return { ...job, status: response.status };
      if (job.status === "done") return { ...job, ...job.result, status: 200 };
      if (job.status === "failed" || job.status === "cancelled") {
        return { detail: job.error?.message ?? job.error_message ?? job.status, status: 422 };
      }
      const [done, total] = [job.pages_done ?? 0, job.pages_total];
      if (total) this.show("pages", { done: Math.min(done + 1, total), total }, done / total);
    }
  }

  finish(answer) {
    if (!this.isConnected) return;
    if (answer.status !== 200) {
      const retry = RETRIABLE.includes(answer.status) || answer.status >= 500;
      this.fail(errorMessage(answer, fill(this.dataset.textServer, answer)), { retry });
      return;
    }
    this.piece("text").textContent = answer.text;
    this.querySelector("copy-button").source = this.piece("text");
    this.action("open").href = this.dataset.entryUrl.replace(/[0-9a-f-]{36}/, answer.id);
    const download = this.action("download");
    download.href = URL.createObjectURL(new Blob([answer.text], { type: "text/plain;charset=utf-8" }));
    download.download = this.file.name.replace(/\.[^.]*$/, "") + ".txt";
    const confidence = `${Math.floor((answer.confidence ?? 0) * 100)} %`;
    this.show("done", { words: answer.words, confidence, seconds: (answer.seconds ?? 0).toFixed(1) });
  }

  fail(message, { retry = true } = {}) {
    this.show("failed");
    this.piece("state").textContent = message;
    this.piece("retry").hidden = !retry;
  }

  show(state, values = {}, share = null) {
    this.dataset.state = state;
    const text = this.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`];
    if (text) this.piece("state").textContent = fill(text, values);
    const ended = state === "done" || state === "failed";
    const bar = this.querySelector(".progress");
    bar.hidden = ended;
    bar.toggleAttribute("data-busy", share === null && state !== "waiting");
    bar.firstElementChild.style.width = share === null ? "" : `${share * 100}%`;
    this.piece("output").hidden = state !== "done";
    this.piece("retry").hidden = state !== "failed";
  }
}

customElements.define("result-card", ResultCard);
