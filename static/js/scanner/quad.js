// Quadrilaterals: four points {x, y} from the top left clockwise.

export const WHOLE = [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 1 }, { x: 0, y: 1 }];

/** Whether it turns right at every corner, by at least 30 degrees. */
export function isConvex(corners) {
  return corners.every((corner, index) => {
    const [before, after] = [corners[(index + 3) % 4], corners[(index + 1) % 4]];
    const [ax, ay, bx, by] = [corner.x - before.x, corner.y - before.y, after.x - corner.x, after.y - corner.y];
    return ax * by - ay * bx > 0.5 * Math.hypot(ax, ay) * Math.hypot(bx, by);
  });
}

export function areaOf(corners) {
  return corners.reduce((sum, { x, y }, index) => {
    const next = corners[(index + 1) % 4];
    return sum + (x * next.y - next.x * y) / 2;
  }, 0);
}

export const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/** {a … h} with u, v from 0 to 1: x = (a u + b v + c) / (g u + h v + 1), y = (d u + e v + f) / (…). P. Heckbert, 1989. */
export function projection([p0, p1, p2, p3]) {
  const [dx1, dx2, dx3] = [p1.x - p2.x, p3.x - p2.x, p0.x - p1.x + p2.x - p3.x];
  const [dy1, dy2, dy3] = [p1.y - p2.y, p3.y - p2.y, p0.y - p1.y + p2.y - p3.y];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / determinant;
  const h = (dx1 * dy3 - dx3 * dy1) / determinant;
  return {
    a: p1.x - p0.x + g * p1.x, b: p3.x - p0.x + h * p3.x, c: p0.x,
    d: p1.y - p0.y + g * p1.y, e: p3.y - p0.y + h * p3.y, f: p0.y, g, h,
  };
}
