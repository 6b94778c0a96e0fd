// Sends edits of a page's words in sequence and shows each answer: the page's text as HTML.

import { pause, request } from "./api.js";

const AGAIN_MS = 3000;

export class PageEdits {
  /**
   * address: of the page's words. version: the one that the edits change. show(answer, edit, added): shows the
   * page's new state. refuse(code) and wait(): show why an edit is not stored.
   */
  constructor({ address, version, show, refuse, wait }) {
    Object.assign(this, { address, version, show, refuse, wait, queue: [], running: null });
    window.addEventListener("beforeunload", (event) => this.waiting && event.preventDefault());
  }

  /** Resolves when this edit and all earlier ones are stored or refused. */
  send(edit) {
    this.queue.push(edit);
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  async run() {
    while (this.queue.length) {
      const answer = await this.post({ ...this.queue[0], version: this.version });
      if (!answer) {
        this.waiting = true;
        this.wait();
        await pause(AGAIN_MS);
        continue;
      }
      this.waiting = false;
      const done = this.queue.shift();
      if (answer.status === 200) this.accept(done, answer.body);
      else await this.reload(answer.body);
    }
  }

  accept(edit, body) {
    const added = body.words - this.words;
    for (const later of this.queue) if (later.word > edit.word) later.word += added;
    this.apply(body, edit, added);
  }

  apply(body, edit = null, added = 0) {
    this.version = body.version;
    this.words = body.words;
    this.show(body, edit, added);
  }

  /** A refused edit was for another state of the page, as are all waiting ones. */
  async reload(body) {
    this.queue.length = 0;
    const current = await this.fetched(request(this.address));
    if (current?.status === 200) this.apply(current.body);
    this.refuse(body?.code);
  }

  post(edit) {
    return this.fetched(request(this.address, { method: "PATCH", body: edit, keepalive: true }));
  }

  /** {status, body}; null if the server is unreachable. */
  async fetched(response) {
    const answer = await response.catch(() => null);
    if (!answer || answer.status >= 500) return null;
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }
}
