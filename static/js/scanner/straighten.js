// Straightens the sheet between four corners of a photo by undoing the perspective.

import { distance, projection } from "./quad.js";

const LONGEST = 2600; // pixels: A4 at 220 dpi

/** source: a canvas. corners: x and y from 0 to 1. Returns a new canvas. */
export function straightened(source, corners) {
  const points = corners.map(({ x, y }) => ({ x: x * source.width, y: y * source.height }));
  const [topLeft, topRight, bottomRight, bottomLeft] = points;
  let width = Math.max(distance(topLeft, topRight), distance(bottomLeft, bottomRight));
  let height = Math.max(distance(topLeft, bottomLeft), distance(topRight, bottomRight));
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  [width, height] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = canvas.getContext("2d");
  const target = paper.createImageData(width, height);
  const pixels = source.getContext("2d").getImageData(0, 0, source.width, source.height);
  fill(target, pixels, projection(points));
  paper.putImageData(target, 0, 0);
  return canvas;
}

/** Bilinear interpolation: each target pixel is the weighted mean of the four around its place in the photo. */
function fill(target, { data, width, height }, { a, b, c, d, e, f, g, h }) {
  const stride = 4 * width;
  let at = 0;
  for (let row = 0; row < target.height; row += 1) {
    const v = (row + 0.5) / target.height;
    for (let column = 0; column < target.width; column += 1, at += 4) {
      const u = (column + 0.5) / target.width;
      const depth = g * u + h * v + 1;
      const x = Math.min(width - 1.001, Math.max(0, (a * u + b * v + c) / depth - 0.5));
      const y = Math.min(height - 1.001, Math.max(0, (d * u + e * v + f) / depth - 0.5));
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [fx, fy] = [x - left, y - top];
      const first = top * stride + 4 * left;
      for (let channel = first; channel < first + 3; channel += 1) {
        const upper = data[channel] * (1 - fx) + data[channel + 4] * fx;
        const lower = data[channel + stride] * (1 - fx) + data[channel + stride + 4] * fx;
        target.data[at + channel - first] = upper * (1 - fy) + lower * fy;
      }
      target.data[at + 3] = 255;
    }
  }
}
