// The place of a job or batch in the queue, and about how long it takes. Markup: partials/place.html.

import { fill } from "./api.js";

/** place: an element of partials/place.html. The rest is an answer of the API. */
export function showPlace(place, { queue_position: position, estimated_seconds: seconds }) {
  const texts = place.dataset;
  const said = [];
  if (position) said.push(position > 1 ? fill(texts.ahead, { ahead: position - 1 }) : texts.next);
  if (seconds) said.push(fill(texts.about, { time: saidSeconds(seconds, texts) }));
  place.hidden = !said.length;
  if (place.textContent !== said.join(" · ")) place.textContent = said.join(" · ");
}

/** In the largest unit of which there are two, as app/templatetags/site.py writes it too. */
function saidSeconds(seconds, texts) {
  if (seconds < 120) return fill(texts.seconds, { n: seconds });
  if (seconds < 7200) return fill(texts.minutes, { n: Math.round(seconds / 60) });
  return fill(texts.hours, { n: Math.round(seconds / 3600) });
}
