// A job's or batch's place in the queue, and its estimated time. Markup: partials/place.html.

import { fill } from "./api.js";

/** place: an element of partials/place.html. The other arguments are from an answer of the API. */
export function showPlace(place, { queue_position: position, estimated_seconds: seconds }) {
  const texts = place.dataset;
  const said = [];
  if (position) said.push(position > 1 ? fill(texts.ahead, { ahead: position - 1 }) : texts.next);
  if (seconds) said.push(fill(texts.about, { time: saidSeconds(seconds, texts) }));
  place.hidden = !said.length;
  if (place.textContent !== said.join(" · ")) place.textContent = said.join(" · ");
}

/** The time in the largest unit that gives at least two, as in app/templatetags/site.py. */
function saidSeconds(seconds, texts) {
  if (seconds < 120) return fill(texts.seconds, { n: seconds });
  if (seconds < 7200) return fill(texts.minutes, { n: Math.round(seconds / 60) });
  return fill(texts.hours, { n: Math.round(seconds / 3600) });
}
