// <result-card>: one file on its way from the browser to its text. Markup: templates/upload/card.html.

import { errorMessage, fill, getJson, send } from "./api.js";
import { estimate, learn } from "./pace.js";
import "./copy-button.js";

// What browsers show without running anything in it.
const SHOWABLE = /^(application\/pdf|image\/(?!svg))/;
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
  hold(file, wanted = {}) {
    this.file = file;
    this.wanted = wanted;
    this.piece("name").textContent = this.piece("name").title = file.name;
    if (SHOWABLE.test(file.type)) this.showFile(file);
    this.show("waiting");
  }

  /** A small picture, and the whole file behind its name: a PDF can be leafed through too. */
  showFile(file) {
    this.picture = URL.createObjectURL(file);
    const link = Object.assign(document.createElement("a"), { href: this.picture, target: "_blank", textContent: file.name });
    this.piece("name").replaceChildren(link);
    if (!file.type.startsWith("image/")) return;
    const image = Object.assign(new Image(), { src: this.picture, alt: "" });
    image.onload = () => this.piece("picture").replaceChildren(image);
  }

  /** Sends the file and waits for its text. Never throws: a failure is shown on the card. */
  async run(url, options) {
    this.engine = options.engine;
    const form = new FormData();
    form.append("image", this.file, this.file.name);
    for (const [name, value] of Object.entries({ ...options, ...this.wanted })) {
      if (value !== "") form.append(name, value);
    }
    try {
      this.show("sending", { percent: 0 });
      const answer = await send(url, form, (share) => this.sent(share));
      this.finish(answer.status === 202 ? await this.poll(answer.location) : answer);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.fail(this.dataset.textNetwork);
    }
  }

  sent(share) {
    if (share < 1) this.show("sending", { percent: Math.round(share * 100) }, share);
    else this.showReading();
  }

  showReading() {
    const seconds = estimate(this.file, this.engine);
    this.show(seconds ? "estimated" : "reading", { seconds });
  }

  /** Asks until the job in the background has ended; the answer is as that of a quick one. */
  async poll(location) {
    const address = new URL(location, window.location.href);
    address.searchParams.set("wait", POLL_SECONDS);
    while (this.isConnected) {
      const answer = await getJson(address);
      const job = answer.body;
      if (answer.status !== 200) return answer;
      if (job.status === "done") return getJson(job.result);
      if (job.error_code) return { status: 422, body: { detail: job.error_message } };
      const [done, total] = [job.pages_done, job.pages_total];
      if (total) this.show("pages", { done: Math.min(done + 1, total), total }, done / total);
    }
  }

  finish({ status, body }) {
    if (!this.isConnected) return;
    if (status === 200) {
      this.showText(body);
    } else {
      const message = errorMessage(body, fill(this.dataset.textServer, { status }));
      this.fail(message, { retry: RETRIABLE.includes(status) || status >= 500 });
    }
  }

  showText({ id, text, words, confidence, seconds }) {
    this.piece("text").textContent = text;
    this.querySelector("copy-button").source = this.piece("text");
    this.action("open").href = this.dataset.entryUrl.replace(/[0-9a-f-]{36}/, id);
    const download = this.action("download");
    download.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    download.download = this.file.name.replace(/\.[^.]*$/, "") + ".txt";
    learn(this.file, this.engine, seconds ?? 0);
    const sure = `${Math.floor(100 * (confidence ?? 0))} %`;
    this.show("done", { words, confidence: sure, seconds: (seconds ?? 0).toFixed(1) });
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
