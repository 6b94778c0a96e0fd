// <batch-panel>: several files as one batch, with their common progress. Markup: templates/upload/batch.html.

import { act, below, fill } from "./api.js";
import { BatchSender, isArchive } from "./batch-sender.js";
import { follow, hasEnded } from "./follow.js";
import { askForMail, withdrawMail } from "./mail-box.js";
import { showPlace } from "./place.js";
import { tell } from "./tell-when-done.js";

class BatchPanel extends HTMLElement {
  /** cards: of all files, including refused ones. options: for the API. makeCard: makes cards of files in
   * archives. */
  begin(cards, { options, makeCard }) {
    Object.assign(this, { cards: new Map(), options, makeCard });
    this.sender = new BatchSender({
      options,
      address: () => (this.batch ? below(this.batch, "files/") : this.dataset.api),
      accepted: (batch, part) => this.accepted(batch, part),
    });
    for (const card of cards) this.addCard(card, String(this.cards.size + 1));
    this.action("cancel").addEventListener("click", () => this.cancelAll());
    this.send(cards);
  }

  action(name) {
    return this.querySelector(`[data-batch-action="${name}"]`);
  }

  addCard(card, reference) {
    Object.assign(card, { reader: this, engine: this.options.engine, reference });
    card.classList.add("result-row");
    this.cards.set(reference, card);
    this.querySelector(".results").append(card.closest("li"));
  }

  async send(cards) {
    await this.sender.send(cards);
    // Only once all are sent: the batch could end between two parts.
    if (this.batch && this.unfinished.length) askForMail(this.action("open").href);
    this.showOverall();
  }

  async accepted(batch, part) {
    this.batch = batch.url;
    for (const card of part.filter(({ file }) => isArchive(file))) await this.forget(card);
    this.showLinks(batch.id);
    await this.show(batch);
    if (!this.following) this.follow();
  }

  /** An archive does not count as a file of the batch. */
  async forget(card) {
    this.cards.delete(card.reference);
    card.closest("li").remove();
    if (card.isUnwanted) await act(this.batch, "cancel/");
  }

  /** Follows the batch until all files have ended and nothing more is sent. A later call replaces this one. */
  async follow() {
    const own = (this.following = Symbol("loop"));
    for await (const { status, body } of follow(this.batch)) {
      if (!this.isConnected || this.following !== own) return;
      if (status === 200) await this.show(body);
      else for (const card of this.unfinished) card.refuse({ status, body });
      const ended = hasEnded(body) && !this.sender.unsent;
      if (status === 200 && ended) {
        tell(document.title, this.dataset.done);
        withdrawMail(this.action("open").href);
      }
      if (status !== 200 || ended) break;
    }
    this.following = null;
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
    showPlace(this.querySelector(".batch-head .place"), batch);
    this.showOverall();
  }

  /** The card of a file from an archive. */
  unpacked(item) {
    const card = this.makeCard({ name: item.file_name, size: 0, type: "" });
    this.addCard(card, `#${item.number}`);
    return card;
  }

  showOverall() {
    const cards = [...this.cards.values()];
    const done = cards.filter((card) => card.dataset.state === "done").length;
    const ended = !this.sender.unsent && !this.unfinished.length;
    const share = cards.reduce((sum, card) => sum + card.share, 0);
    Object.assign(this.querySelector("progress"), { max: cards.length || 1, value: share, hidden: ended });
    this.querySelector("[data-said]").textContent = fill(this.dataset.text, { done, total: cards.length });
    this.action("cancel").hidden = ended;
    this.action("download").hidden = !(ended && done);
  }

  /** Links to the batch's page and its downloads. */
  showLinks(id) {
    for (const link of this.querySelectorAll("a[data-of-batch], [data-batch-action=download] a")) {
      link.href = link.getAttribute("href").replace(/[0-9a-f-]{36}/, id);
    }
    this.action("open").hidden = false;
  }

  /** Files being sent are cancelled once the answer names their jobs. */
  async cancel(card) {
    card.isUnwanted = card.isInFlight && !card.job;
    if (card.job) await act(card.job, "cancel/").catch(() => null);
    else if (!card.isInFlight) card.show("cancelled");
    this.showOverall();
  }

  async cancelAll() {
    this.sender.stop();
    for (const card of this.unfinished) if (!card.job) this.cancel(card);
    if (this.batch) await act(this.batch, "cancel/").catch(() => null);
    this.showOverall();
  }

  async retry(card) {
    const answer = card.job && (await act(card.job, "retry/").catch(() => null));
    if (answer === null) return card.fail(card.dataset.textNetwork);
    if (answer && answer.status !== 202) return card.refuse(answer);
    card.show("waiting");
    this.showOverall();
    if (answer) this.follow();
    else this.send([card]);
  }
}

customElements.define("batch-panel", BatchPanel);
