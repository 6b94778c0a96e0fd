// <batch-panel>: several files as one batch, with the progress of all. Markup: templates/upload/batch.html.

import { act, below, fill, send } from "./api.js";
import { isArchive, packed, partForm, showSent } from "./batch-parts.js";
import { follow, hasEnded } from "./follow.js";

// What one request carries: small enough to be sent again, large enough for many small pictures.
const PART = { most: 20, bytes: 8e6 };

class BatchPanel extends HTMLElement {
  /** cards: of all files, refused ones too. options: for the API. makeCard: for files of archives. */
  begin(cards, { options, makeCard }) {
    Object.assign(this, { cards: new Map(), options, makeCard, parts: 0, stopping: new AbortController() });
    for (const card of cards) this.addCard(card, String(this.cards.size + 1));
    this.action("cancel").addEventListener("click", () => this.cancelAll());
    this.send(cards.filter((card) => !card.hasEnded));
  }

  action(name) {
    return this.querySelector(`[data-batch-action="${name}"]`);
  }

  addCard(card, reference) {
    Object.assign(card, { reader: this, engine: this.options.engine, reference });
    this.cards.set(reference, card);
    this.querySelector(".results").append(card.closest("li"));
  }

  async send(cards) {
    const parts = [...packed(cards, PART)];
    this.parts += parts.length;
    for (const part of parts) {
      await this.sendPart(part.filter((card) => !card.hasEnded));
      this.parts -= 1;
      this.showOverall();
    }
  }

  /** Never throws: a failure is shown on the cards. */
  async sendPart(part) {
    if (!part.length) return;
    const address = this.batch ? below(this.batch, "files/") : this.dataset.api;
    const how = { onProgress: (share) => showSent(part, share), signal: this.stopping.signal };
    try {
      const answer = await send(address, partForm(part, this.options), how);
      if (answer.status === 202) await this.accepted(answer.body, part);
      else for (const card of part) card.refuse(answer);
    } catch (error) {
      if (error.name === "AbortError") for (const card of part) card.show("cancelled");
      else if (error instanceof TypeError) for (const card of part) card.fail(card.dataset.textNetwork);
      else throw error;
    }
  }

  async accepted(batch, part) {
    this.batch = batch.url;
    for (const card of part.filter(({ file }) => isArchive(file))) this.forget(card);
    this.showLinks(batch.id);
    await this.show(batch);
    if (this.stopping.signal.aborted) await act(this.batch, "cancel/");
    this.follow();
  }

  forget(card) {
    this.cards.delete(card.reference);
    card.closest("li").remove();
  }

  /** Until all have ended and nothing more is sent; one loop, however often it is called. */
  async follow() {
    if (this.following) return;
    this.following = true;
    for await (const { status, body } of follow(this.batch)) {
      if (!this.isConnected) return;
      if (status === 200) await this.show(body);
      else for (const card of this.unfinished) card.refuse({ status, body });
      if (status !== 200 || (hasEnded(body) && !this.parts)) break;
    }
    this.following = false;
  }

  get unfinished() {
    return [...this.cards.values()].filter((card) => !card.hasEnded);
  }

  async show(batch) {
    for (const item of batch.items) {
      const card = this.cards.get(item.id) ?? this.cards.get(`#${item.number}`) ?? this.unpacked(item);
      card.job = item.url;
      if (card.hasEnded) continue;
      if (hasEnded(item)) await card.showEnd(item);
      else card.showProgress(item);
      if (card.isUnwanted) await this.cancel(card);
    }
    this.showOverall();
  }

  /** The card of a file that came in an archive. */
  unpacked(item) {
    const card = this.makeCard({ name: item.file_name, size: 0, type: "" });
    this.addCard(card, `#${item.number}`);
    return card;
  }

  showOverall() {
    const cards = [...this.cards.values()];
    const done = cards.filter((card) => card.dataset.state === "done").length;
    const ended = !this.parts && !this.unfinished.length;
    const share = cards.reduce((sum, card) => sum + card.share, 0);
    Object.assign(this.querySelector("progress"), { max: cards.length || 1, value: share, hidden: ended });
    this.querySelector("[data-said]").textContent = fill(this.dataset.text, { done, total: cards.length });
    this.action("cancel").hidden = ended;
    this.action("download").hidden = !(ended && done);
  }

  /** To the page of the batch and the downloads below it. */
  showLinks(id) {
    for (const link of this.querySelectorAll("a[data-of-batch], [data-batch-action=download] a")) {
      link.href = link.getAttribute("href").replace(/[0-9a-f-]{36}/, id);
    }
    this.action("open").hidden = false;
  }

  async cancel(card) {
    card.isUnwanted = !card.job && card.dataset.state === "sending";
    if (card.job) await act(card.job, "cancel/").catch(() => null);
    else if (!card.isUnwanted) card.show("cancelled");
    this.showOverall();
  }

  async cancelAll() {
    this.stopping.abort();
    for (const card of this.unfinished) if (!card.job && card.dataset.state === "waiting") card.show("cancelled");
    if (this.batch) await act(this.batch, "cancel/").catch(() => null);
    this.showOverall();
  }

  async retry(card) {
    this.stopping = new AbortController();
    card.show("waiting");
    this.showOverall();
    if (!card.job) return this.send([card]);
    const answer = await act(card.job, "retry/").catch(() => null);
    if (answer?.status === 202) this.follow();
    else card.fail(card.dataset.textNetwork);
  }
}

customElements.define("batch-panel", BatchPanel);
