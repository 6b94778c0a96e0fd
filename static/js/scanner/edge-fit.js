// Fits the sides of a sheet to nearby edges, more exactly than the lines of a Hough transform.

const SAMPLES = 48;
const REACH = 7; // pixels on either side
const END = 0.06; // share at the ends of a side, where the edge may belong to the next side

/** The corners of the fitted sides, or the given ones if a side cannot be fitted. sign: as for bestQuad(). */
export function fitted(corners, field, sign) {
  const lines = corners.map((corner, index) => fittedLine(corner, corners[(index + 1) % 4], field, sign));
  return corners.map((corner, index) => crossing(lines[(index + 3) % 4], lines[index]) ?? corner);
}

/** {x, y, dx, dy}: a point and a direction. */
function fittedLine(start, end, field, sign) {
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const [dx, dy] = [(end.x - start.x) / length, (end.y - start.y) / length];
  const [nx, ny] = [-sign * dy, sign * dx];
  const points = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const along = length * (END + ((1 - 2 * END) * sample) / (SAMPLES - 1));
    const off = strongest(start.x + along * dx, start.y + along * dy, nx, ny, field);
    if (off !== null) points.push({ along, off });
  }
  const { offset, slope } = regression(regression(points).near);
  if (offset === undefined) return { ...start, dx, dy };
  const [sx, sy] = [start.x + offset * nx, start.y + offset * ny];
  return { x: sx, y: sy, dx: dx + slope * nx, dy: dy + slope * ny };
}

/** The distance along the normal at which the picture brightens most; null if it hardly does. */
function strongest(x, y, nx, ny, { width, height, gx, gy, limit }) {
  let [best, place] = [0.25 * limit, null];
  for (let off = -REACH; off <= REACH; off += 1) {
    const [column, row] = [Math.round(x + off * nx), Math.round(y + off * ny)];
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    const value = gx[row * width + column] * nx + gy[row * width + column] * ny;
    if (value > best) [best, place] = [value, off];
  }
  return place;
}

/** off = offset + slope * along, by least squares. near: the points closest to the line. */
function regression(points) {
  const count = points.length;
  if (count < SAMPLES / 5) return { near: points };
  const mean = (value) => points.reduce((sum, point) => sum + value(point), 0) / count;
  const [along, off] = [mean((point) => point.along), mean((point) => point.off)];
  const spread = mean((point) => (point.along - along) ** 2);
  const slope = mean((point) => (point.along - along) * (point.off - off)) / (spread || 1);
  const offset = off - slope * along;
  const misses = (point) => Math.abs(point.off - offset - slope * point.along);
  const near = [...points].sort((one, other) => misses(one) - misses(other)).slice(0, Math.ceil(0.6 * count));
  return { offset, slope, near };
}

function crossing(one, other) {
  const determinant = one.dx * other.dy - one.dy * other.dx;
  if (Math.abs(determinant) < 0.1) return null;
  const along = ((other.x - one.x) * other.dy - (other.y - one.y) * other.dx) / determinant;
  return { x: one.x + along * one.dx, y: one.y + along * one.dy };
}
