// A photo with the corners of its sheet, which can be moved by pointer or arrow keys.

import { WHOLE, isConvex } from "./quad.js";

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.005;
const SHOWN = 1000; // pixels of the longer side

export class CornerEditor {
  /** root: with a canvas, a polygon and four buttons. */
  constructor(root) {
    this.canvas = root.querySelector("canvas");
    this.polygon = root.querySelector("polygon");
    this.handles = [...root.querySelectorAll("[data-corner]")];
    for (const [index, handle] of this.handles.entries()) {
      handle.addEventListener("pointerdown", (event) => this.drag(event, index));
      handle.addEventListener("keydown", (event) => this.key(event, index));
    }
  }

  show(photo, corners) {
    const scale = Math.min(1, SHOWN / Math.max(photo.width, photo.height));
    const size = { width: Math.round(photo.width * scale), height: Math.round(photo.height * scale) };
    Object.assign(this.canvas, size).getContext("2d").drawImage(photo, 0, 0, size.width, size.height);
    this.choose(corners ?? WHOLE);
  }

  choose(corners) {
    this.corners = corners;
    this.polygon.setAttribute("points", pointsOf(corners));
    for (const [index, handle] of this.handles.entries()) {
      handle.style.left = `${100 * corners[index].x}%`;
      handle.style.top = `${100 * corners[index].y}%`;
    }
  }

  /** Moves a corner, unless the sides would cross. */
  move(index, x, y) {
    const clamped = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
    const corners = this.corners.map((corner, at) => (at === index ? clamped : corner));
    const { width, height } = this.canvas;
    if (isConvex(corners.map((corner) => ({ x: corner.x * width, y: corner.y * height })))) this.choose(corners);
  }

  drag(event, index) {
    const handle = this.handles[index];
    const box = this.canvas.getBoundingClientRect();
    const follow = ({ clientX, clientY }) => this.move(index, (clientX - box.x) / box.width, (clientY - box.y) / box.height);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", follow), { once: true });
  }

  key(event, index) {
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 * STEP : STEP;
    const [dx, dy] = KEYS[event.key];
    this.move(index, this.corners[index].x + dx * step, this.corners[index].y + dy * step);
  }
}

/** Points of a polygon in a viewBox of 100 x 100. */
export const pointsOf = (corners) => corners.map(({ x, y }) => `${100 * x},${100 * y}`).join(" ");
