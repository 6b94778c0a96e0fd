// Polls the state of a job or batch of the API.

import { getJson, isFinal, pause } from "./api.js";

const WAIT_SECONDS = 2; // the server answers at the end, or after so many seconds
const LEAST_MS = 1000; // a server with too many waiting requests answers at once

/** Yields every answer, {status, body}, until the caller's loop ends. Survives a lost connection. */
export async function* follow(location) {
  const address = new URL(location, window.location.href);
  address.searchParams.set("wait", WAIT_SECONDS);
  for (;;) {
    const least = pause(LEAST_MS);
    const answer = await getJson(address).catch(() => null);
    if (answer && isFinal(answer)) yield answer;
    await least;
  }
}

export const hasEnded = ({ status }) => !["queued", "running"].includes(status);
