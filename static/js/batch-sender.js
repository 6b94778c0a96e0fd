// Sends the files of a batch in parts, so that no request is larger than the server accepts.

import { send } from "./api.js";

// Limits of one request: small enough to be repeated, large enough for many small pictures.
const PART = { most: 20, bytes: 8e6 };

export class BatchSender {
  /** address(): the target of the next part. accepted(batch, cards): called with each answer. */
  constructor({ options, address, accepted }) {
    Object.assign(this, { options, address, accepted, last: Promise.resolve(), unsent: 0 });
    this.stopping = new AbortController();
  }

  /** Sends one request after the other, because the first one creates the batch. */
  send(cards) {
    this.stopping = new AbortController();
    for (const part of packed(cards, PART)) {
      this.unsent += 1;
      this.last = this.last.then(() => this.sendPart(part.filter((card) => !card.hasEnded && !card.job)));
    }
    return this.last;
  }

  /** Stops sending; a part that is about to arrive is not stopped. */
  stop() {
    this.stopping.abort();
  }

  async sendPart(part) {
    for (const card of part) card.isInFlight = true;
    if (part.length) await this.post(part);
    for (const card of part) card.isInFlight = card.isUnwanted = false;
    this.unsent -= 1;
  }

  /** Sends one part; shows a failure on its cards. */
  async post(part) {
    const how = { onProgress: (share) => showSent(part, share), signal: this.stopping.signal };
    try {
      const answer = await send(this.address(), partForm(part, this.options), how);
      if (answer.status === 202) await this.accepted(answer.body, part);
      else for (const card of part) card.refuse(answer);
    } catch (error) {
      if (error.name === "AbortError") for (const card of part) card.show("cancelled");
      else if (error instanceof TypeError) for (const card of part) card.fail(card.dataset.textNetwork);
      else throw error;
    }
  }
}

/** Cards in order, in groups of at most `most` files and `bytes`; a larger file is a group of its own. */
export function* packed(cards, { most, bytes }) {
  let [group, size] = [[], 0];
  for (const card of cards) {
    if (group.length && (group.length === most || size + card.file.size > bytes)) {
      yield group;
      [group, size] = [[], 0];
    }
    group.push(card);
    size += card.file.size;
  }
  if (group.length) yield group;
}

/** The request with these files; the answer repeats their cards' references. */
function partForm(part, options) {
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) if (value !== "") form.append(name, value);
  for (const card of part) {
    form.append("images", card.file, card.file.name);
    form.append("ids", isArchive(card.file) ? "" : card.reference);
  }
  return form;
}

/** Shows each file's progress: files are sent in sequence, so it follows from the bytes sent. */
function showSent(part, share) {
  let sent = share * part.reduce((sum, { file }) => sum + file.size, 0);
  for (const card of part) {
    if (share < 1) card.showSent(Math.min(1, Math.max(0, sent / (card.file.size || 1))));
    else card.show("waiting");
    sent -= card.file.size;
  }
}

const NAMES = /\.zip$/i;
const TYPES = ["application/zip", "application/x-zip-compressed"];

/** Whether it is a ZIP archive, which the server replaces by the files in it. */
export const isArchive = ({ name, type }) => TYPES.includes(type) || NAMES.test(name);
