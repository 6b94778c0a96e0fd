// Follows a job or a batch of the API: asks again and again how far it is.

import { getJson } from "./api.js";

const WAIT_SECONDS = 2; // the server answers at the end, or so often
const LEAST_MS = 1000; // a server on which too many wait answers at once

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));
/** A server that restarts or has too much to do will answer later. */
const isLasting = ({ status }) => status < 500 && status !== 429;

/** Yields every answer, {status, body}, until the loop around it ends. Outlives a lost connection. */
export async function* follow(location) {
  const address = new URL(location, window.location.href);
  address.searchParams.set("wait", WAIT_SECONDS);
  for (;;) {
    const least = pause(LEAST_MS);
    const answer = await getJson(address).catch(() => null);
    if (answer && isLasting(answer)) yield answer;
    await least;
  }
}

export const hasEnded = ({ status }) => !["queued", "running"].includes(status);
