// The edges of a sheet of paper in a photo: lines by a Hough transform of the gradients, then the four of
// them that bound the likeliest sheet. R. O. Duda, P. E. Hart: Use of the Hough Transformation, 1972.

import { fitted } from "./edge-fit.js";
import { gradientsOf } from "./gradients.js";
import { isConvex, areaOf } from "./quad.js";

const SIDE = 360; // pixels of the longer side of the picture that is searched
const STEP = Math.PI / 90; // 2 degrees
const TURNS = 180;
// Directions, in steps, in which a left, top, right and bottom edge gets brighter, each within 40 degrees.
const SIDES = [0, 45, 90, 135];
const TILT = 20;
const PEAKS = 6; // candidate lines for each side
const APART = { turns: 5, pixels: 8 }; // closer lines count as the same
const SAMPLES = 40; // points at which a side is checked
const LEAST = { area: 0.12, side: 0.35, mean: 0.55 };

/** picture: anything that a canvas draws. Corners from the top left clockwise, x and y from 0 to 1; null if none. */
export function findSheet(picture, width = picture.width, height = picture.height) {
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const field = gradientsOf(paper.getImageData(0, 0, canvas.width, canvas.height));
  const bright = bestQuad(field, 0);
  const dark = bestQuad(field, TURNS / 2);
  const best = dark && dark.score > (bright?.score ?? 0) ? dark : bright;
  return best && fitted(best.corners, field, best.sign).map(({ x, y }) => ({ x: clamped(x / canvas.width), y: clamped(y / canvas.height) }));
}

const clamped = (value) => Math.min(1, Math.max(0, value));

/** turned: 0 for a sheet brighter than its background, half of TURNS for a darker one. */
function bestQuad(field, turned) {
  const votes = vote(field, turned);
  const lines = SIDES.map((direction) => peaks(votes, direction));
  const sign = turned ? -1 : 1;
  let best = null;
  for (const left of lines[0]) for (const top of lines[1]) for (const right of lines[2]) for (const bottom of lines[3]) {
    const corners = [crossing(left, top), crossing(top, right), crossing(right, bottom), crossing(bottom, left)];
    const score = scoreOf(corners, field, sign);
    if (score > (best?.score ?? 0)) best = { corners, score, sign };
  }
  return best;
}

/** Each strong gradient votes for the line across it, and for those turned a little. */
function vote({ width, height, gx, gy, strength, limit }, turned) {
  const reach = Math.ceil(Math.hypot(width, height));
  const counts = new Float32Array(TURNS * 2 * reach);
  for (let at = 0; at < strength.length; at += 1) {
    if (strength[at] < limit / 3) continue;
    const turn = Math.round(Math.atan2(gy[at], gx[at]) / STEP) + turned;
    const weight = Math.min(strength[at], limit);
    for (let near = turn - 2; near <= turn + 2; near += 1) {
      const bin = (near + 2 * TURNS) % TURNS;
      const distance = (at % width) * Math.cos(bin * STEP) + Math.floor(at / width) * Math.sin(bin * STEP);
      counts[bin * 2 * reach + Math.round(distance) + reach] += weight;
    }
  }
  return { counts, reach };
}

/** The lines with the most votes whose brighter side lies in that direction: {turn, distance}. */
function peaks({ counts, reach }, direction) {
  const found = [];
  for (let turn = direction - TILT; turn <= direction + TILT; turn += 1) {
    const bin = (turn + TURNS) % TURNS;
    for (let place = 1; place < 2 * reach - 1; place += 1) {
      const row = bin * 2 * reach;
      const count = counts[row + place];
      if (count && count >= counts[row + place - 1] && count >= counts[row + place + 1]) found.push({ turn, distance: place - reach, count });
    }
  }
  found.sort((one, other) => other.count - one.count);
  const chosen = [];
  for (const line of found) {
    const known = chosen.some((it) => Math.abs(it.turn - line.turn) <= APART.turns && Math.abs(it.distance - line.distance) <= APART.pixels);
    if (!known) chosen.push(line);
    if (chosen.length === PEAKS) break;
  }
  return chosen;
}

function crossing(one, other) {
  const [a, b] = [one.turn * STEP, other.turn * STEP];
  const determinant = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b);
  return {
    x: (one.distance * Math.sin(b) - other.distance * Math.sin(a)) / determinant,
    y: (other.distance * Math.cos(a) - one.distance * Math.cos(b)) / determinant,
  };
}

/** Score: the share of each side that lies on an edge, favouring larger sheets; 0 for shapes that cannot be a
 * sheet. */
function scoreOf(corners, field, sign) {
  const margin = 0.02 * SIDE;
  const inside = corners.every(({ x, y }) => x > -margin && y > -margin && x < field.width + margin && y < field.height + margin);
  if (!inside || !isConvex(corners)) return 0;
  const area = areaOf(corners) / (field.width * field.height);
  if (area < LEAST.area) return 0;
  const sides = corners.map((corner, index) => support(corner, corners[(index + 1) % 4], field, sign));
  const mean = sides.reduce((sum, side) => sum + side) / 4;
  const least = Math.min(...sides);
  return least < LEAST.side || mean < LEAST.mean ? 0 : (mean + least) * Math.sqrt(area);
}

/** The share of a side, 0 to 1, along which the picture gets brighter towards the inside. */
function support(start, end, { width, height, gx, gy, limit }, sign) {
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const [nx, ny] = [(-sign * (end.y - start.y)) / length, (sign * (end.x - start.x)) / length];
  let sum = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const share = (sample + 0.5) / SAMPLES;
    const [x, y] = [start.x + share * (end.x - start.x), start.y + share * (end.y - start.y)];
    let best = 0;
    for (let off = -2; off <= 2; off += 1) {
      const [column, row] = [Math.round(x + off * nx), Math.round(y + off * ny)];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const at = row * width + column;
      best = Math.max(best, gx[at] * nx + gy[at] * ny);
    }
    sum += Math.min(best / (0.5 * limit), 1);
  }
  return sum / SAMPLES;
}
