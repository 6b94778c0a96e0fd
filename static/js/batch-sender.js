// The files of a batch go in parts, so that no request is larger than the server takes.

import { send } from "./api.js";

// What one request carries: small enough to be sent again, large enough for many small pictures.
const PART = { most: 20, bytes: 8e6 };

export class BatchSender {
  /** address(): where the next part goes. accepted(batch, cards): called with each answer. */
  constructor({ options, address, accepted }) {
    Object.assign(this, { options, address, accepted, last: Promise.resolve(), unsent: 0 });
    this.stopping = new AbortController();
  }

  /** One request after the other, because the first one makes the batch. */
  send(cards) {
    this.stopping = new AbortController();
    for (const part of packed(cards, PART)) {
      this.unsent += 1;
      this.last = this.last.then(() => this.sendPart(part.filter((card) => !card.hasEnded && !card.job)));
    }
    return this.last;
  }

  /** Nothing more is sent; what is about to arrive is not stopped. */
  stop() {
    this.stopping.abort();
  }

  async sendPart(part) {
    for (const card of part) card.isInFlight = true;
    if (part.length) await this.post(part);
    for (const card of part) card.isInFlight = card.isUnwanted = false;
    this.unsent -= 1;
  }

  /** A failure is shown on the cards. */
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

/** Cards in order, in groups of at most `most` files and `bytes`; a larger file is a group alone. */
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

/** The request that brings these files: their cards' references are echoed in the answer. */
function partForm(part, options) {
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) if (value !== "") form.append(name, value);
  for (const card of part) {
    form.append("images", card.file, card.file.name);
    form.append("ids", isArchive(card.file) ? "" : card.reference);
  }
  return form;
}

/** Files are sent one after the other: of how many bytes follows how far each is. */
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

/** A ZIP archive, which the server takes for the files in it. */
export const isArchive = ({ name, type }) => TYPES.includes(type) || NAMES.test(name);
