// Brightness gradients of a small picture.

// Quantile of all pixels. Stronger ones count the same, so that black letters do not outvote a pale edge.
const STRONG_SHARE = 0.94;
const LEAST_LIMIT = 12; // strength of the noise in a picture without edges

/** {width, height, gx, gy, strength, limit}: Sobel derivatives, and the strength that counts fully. */
export function gradientsOf({ data, width, height }) {
  const gray = blurred(blurred(luma(data), width, height), width, height);
  const size = width * height;
  const [gx, gy, strength] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const [up, down] = [at - width, at + width];
      gx[at] = gray[up + 1] - gray[up - 1] + 2 * (gray[at + 1] - gray[at - 1]) + gray[down + 1] - gray[down - 1];
      gy[at] = gray[down - 1] - gray[up - 1] + 2 * (gray[down] - gray[up]) + gray[down + 1] - gray[up + 1];
      strength[at] = Math.hypot(gx[at], gy[at]);
    }
  }
  const sorted = strength.slice().sort();
  return { width, height, gx, gy, strength, limit: Math.max(LEAST_LIMIT, sorted[Math.floor(STRONG_SHARE * size)]) };
}

function luma(data) {
  const gray = new Float32Array(data.length / 4);
  for (let at = 0; at < gray.length; at += 1) {
    gray[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
  }
  return gray;
}

/** Means of 3 x 3 pixels; the outermost stay. */
function blurred(gray, width, height) {
  const result = gray.slice();
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      let sum = 0;
      for (const row of [at - width, at, at + width]) sum += gray[row - 1] + gray[row] + gray[row + 1];
      result[at] = sum / 9;
    }
  }
  return result;
}
