// Scanned pages as JPEG files, and all of them as one file within the limit on its size.

import { canvasOf } from "./camera.js";
import { pdfOf } from "./pdf-writer.js";

const QUALITY = 0.85;
// Tried until all pages fit: a scale of the sides, and a quality. The last still has 150 dpi.
const STEPS = [[1, 0.75], [0.9, 0.65], [0.8, 0.6], [0.68, 0.5]];
const OVERHEAD = 1500; // bytes of a PDF for each page besides its picture

/** {blob, width, height} of a canvas. */
export async function encode(canvas, quality = QUALITY) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  return { blob, width: canvas.width, height: canvas.height };
}

export async function turnedRight({ blob }) {
  const upright = await canvasOf(blob);
  const canvas = Object.assign(document.createElement("canvas"), { width: upright.height, height: upright.width });
  const paper = canvas.getContext("2d");
  paper.translate(canvas.width, 0);
  paper.rotate(Math.PI / 2);
  paper.drawImage(upright, 0, 0);
  return encode(canvas);
}

/** A JPEG for one page, a PDF for several; null if they do not fit into maxBytes. name: without extension. */
export async function fileOf(pages, name, maxBytes) {
  const budget = maxBytes / pages.length - OVERHEAD;
  const fitting = [];
  for (const page of pages) fitting.push(await shrunk(page, budget));
  if (fitting.includes(null)) return null;
  if (fitting.length === 1) return new File([fitting[0].blob], `${name}.jpg`, { type: "image/jpeg" });
  const read = fitting.map(async ({ blob, ...size }) => ({ ...size, jpeg: new Uint8Array(await blob.arrayBuffer()) }));
  return new File([pdfOf(await Promise.all(read))], `${name}.pdf`, { type: "application/pdf" });
}

async function shrunk(page, budget) {
  if (page.blob.size <= budget) return page;
  const whole = await canvasOf(page.blob);
  for (const [scale, quality] of STEPS) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: Math.round(whole.width * scale), height: Math.round(whole.height * scale) });
    const paper = canvas.getContext("2d");
    paper.imageSmoothingQuality = "high";
    paper.drawImage(whole, 0, 0, canvas.width, canvas.height);
    const smaller = await encode(canvas, quality);
    if (smaller.blob.size <= budget) return smaller;
  }
  return null;
}
