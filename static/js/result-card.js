// <result-card>: one file on its way from the browser to its text. Markup: templates/upload/card.html.
// Its `reader` sends it, alone or in a batch, and is told when the user presses cancel or retry.

import { below, errorMessage, fill, getJson } from "./api.js";
import "./copy-button.js";
import { estimate, learn } from "./pace.js";
import { showPlace } from "./place.js";
import { offerDownloads, offerRest, offerSmaller } from "./result-offers.js";
import { connectViews, showFile, showFirstPage } from "./result-picture.js";
import { tell } from "./tell-when-done.js";
import { showStructure } from "./text-structure.js";

// Anything else that the server refuses would be refused again.
const RETRIABLE = [408, 409, 429];
// Tabs occur in tables; headings and lists are blocks of their own.
const STRUCTURED = /\t|\n\n/;
const ENDED = ["done", "failed", "cancelled"];

class ResultCard extends HTMLElement {
  connectButtons() {
    connectViews(this);
    this.action("remove").addEventListener("click", () => this.closest("li").remove());
    this.action("retry").addEventListener("click", () => this.reader.retry(this));
    this.action("cancel").addEventListener("click", () => {
      this.action("cancel").disabled = true;
      this.reader.cancel(this);
    });
  }

  disconnectedCallback() {
    // When moved within the page, it continues to show the file.
    queueMicrotask(() => this.isConnected || URL.revokeObjectURL(this.picture));
  }

  action(name) {
    return this.querySelector(`[data-action="${name}"]`);
  }

  piece(name) {
    return this.querySelector(`.result-${name}`);
  }

  get hasEnded() {
    return ENDED.includes(this.dataset.state);
  }

  /** Shows the file before anything is sent. wanted: the part to recognize, for the API. */
  hold(file, wanted = {}) {
    Object.assign(this, { file, wanted });
    this.connectButtons();
    this.piece("name").textContent = this.piece("name").title = file.name;
    showFile(this, file);
    this.show("waiting");
  }

  showSent(share) {
    if (share < 1) this.show("sending", { percent: Math.floor(share * 100) }, share);
    else if (this.dataset.state === "sending") this.showReading();
  }

  showReading() {
    const seconds = estimate(this.file, this.engine);
    this.show(seconds ? "estimated" : "reading", { seconds });
  }

  /** Shows the progress of a job that waits or runs. */
  showProgress(job) {
    const { status, pages_done: done, pages_total: total } = job;
    if (status === "queued" && !done) this.show("waiting");
    else if (total > 1) this.show("pages", { done: Math.min(done + 1, total), total }, done / total);
    else if (!["reading", "estimated"].includes(this.dataset.state)) this.showReading();
    showPlace(this.querySelector(".place"), status === "queued" || total > 1 ? job : {});
    if (done) showFirstPage(this, this.entryUrl(job.job ?? job.id)); // in a batch, or a single file
  }

  entryUrl(id) {
    return this.dataset.entryUrl.replace(/[0-9a-f-]{36}/, id);
  }

  /** Shows the outcome of a job, or of a file that did not become one. */
  async showEnd(job) {
    const { status, url, error_message: message, pages_done: done } = job;
    if (status !== "done") this.tell(this.dataset.textToldStopped);
    if (status !== "done" && done) offerRest(this, job);
    if (status === "cancelled") return this.show("cancelled");
    if (status !== "done") return this.fail(message, { retry: Boolean(done) });
    const answer = await getJson(below(url, "result/"));
    if (answer.status === 200) this.showText(answer.body);
    else this.refuse(answer);
  }

  /** A batch announces only the end of all its files. */
  tell(text) {
    if (!this.closest("batch-panel")) tell(this.file.name, text);
  }

  showText({ id, text, words, confidence, seconds }) {
    const entry = this.entryUrl(id);
    this.piece("text").textContent = text;
    Object.assign(this.querySelector(".result-actions copy-button"), { source: this.piece("text"), plain: text });
    this.action("open").href = entry;
    offerDownloads(this, entry);
    if (STRUCTURED.test(text)) showStructure(this.piece("text"), entry);
    showFirstPage(this, entry);
    this.tell(this.dataset.textTold);
    learn(this.file, this.engine, seconds ?? 0);
    const sure = `${Math.floor(100 * (confidence ?? 0))} %`;
    this.show("done", { words, confidence: sure, seconds: (seconds ?? 0).toFixed(1) });
    if (!text.trim()) this.piece("state").textContent = this.dataset.textBlank;
  }

  /** Shows an answer of the API that is no result. */
  refuse({ status, body }) {
    const message = errorMessage(body, fill(this.dataset.textServer, { status }));
    this.fail(message, { retry: RETRIABLE.includes(status) || status >= 500 });
  }

  fail(message, { retry = true } = {}) {
    this.show("failed");
    this.piece("state").textContent = message;
    this.action("retry").hidden = !retry;
  }

  /** Shows that the file is too large. shrink: called for a smaller picture, if one is possible. */
  failAsTooLarge(message, shrink) {
    this.fail(message, { retry: false });
    offerSmaller(this, shrink);
  }

  /** share: progress, 0 to 1; null if unknown. */
  show(state, values = {}, share = null) {
    this.dataset.state = state;
    this.share = this.hasEnded ? 1 : state === "sending" ? 0 : (share ?? 0);
    const text = this.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`];
    if (text) this.piece("state").textContent = fill(text, values);
    const bar = this.querySelector(".progress");
    bar.toggleAttribute("data-ended", this.hasEnded);
    bar.toggleAttribute("data-busy", share === null && state !== "waiting");
    bar.firstElementChild.style.width = share === null ? "" : `${share * 100}%`;
    const stopped = ["failed", "cancelled"].includes(state);
    this.piece("retry").hidden = !stopped;
    if (stopped) this.action("retry").hidden = false;
    this.action("remove").hidden = !this.hasEnded;
    this.action("cancel").hidden = this.hasEnded;
    if (this.hasEnded) this.action("cancel").disabled = false;
    this.querySelector(".place").hidden = true;
  }
}

customElements.define("result-card", ResultCard);
