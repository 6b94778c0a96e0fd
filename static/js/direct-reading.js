// A single file: POST /api/ocr/ answers with the text if it is ready soon, otherwise with a job.

import { act, send } from "./api.js";
import { follow, hasEnded } from "./follow.js";
import { askForMail, withdrawMail } from "./mail-box.js";

// After so many seconds it follows a job, which reports its progress and can be cancelled.
const PREFER = "wait=1";

export class DirectReading {
  /** again: called with this object when the user wants to retry. */
  constructor(card, { address, options, again }) {
    Object.assign(this, { card, address, options, again, stopping: new AbortController() });
    card.engine = options.engine;
    card.reader = this;
  }

  /** Sends the file. Never throws: a failure is shown on the card. */
  async run() {
    try {
      const answer = this.job ? await act(this.job, "retry/") : await this.send();
      if (answer.status === 200) this.card.showText(answer.body);
      else if (answer.status === 202) await this.follow(answer.body);
      else this.card.refuse(answer);
    } catch (error) {
      if (error.name === "AbortError") this.card.show("cancelled");
      else if (error instanceof TypeError) this.card.fail(this.card.dataset.textNetwork);
      else throw error;
    }
  }

  send() {
    this.stopping.signal.throwIfAborted();
    const { file, wanted } = this.card;
    const form = new FormData();
    form.append("image", file, file.name);
    for (const [name, value] of Object.entries({ ...this.options, ...wanted })) {
      if (value !== "") form.append(name, value);
    }
    this.card.showSent(0);
    const onProgress = (share) => this.card.showSent(share);
    return send(this.address, form, { onProgress, signal: this.stopping.signal, headers: { Prefer: PREFER } });
  }

  async follow({ id, url: job }) {
    this.job = job;
    const entry = this.card.entryUrl(id);
    askForMail(entry);
    if (this.stopping.signal.aborted) await this.cancel();
    for await (const { status, body } of follow(job)) {
      if (!this.card.isConnected) return;
      if (status !== 200) return this.card.refuse({ status, body });
      if (hasEnded(body)) {
        withdrawMail(entry);
        return this.card.showEnd(body);
      }
      this.card.showProgress(body);
    }
  }

  async cancel() {
    if (this.job) await act(this.job, "cancel/").catch(() => null);
    else this.stopping.abort();
  }

  retry() {
    this.stopping = new AbortController();
    this.card.show("waiting");
    this.again(this);
  }
}
