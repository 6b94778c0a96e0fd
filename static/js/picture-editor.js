// <picture-editor>: a dialog to turn a picture or choose a part before it is sent. The picture itself stays
// unchanged: the server gets the choice. Markup: templates/upload/editor.html.

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.02;
const WHOLE = { left: 0, top: 0, right: 1, bottom: 1 };
const SMALLEST = 0.02;

class PictureEditor extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.canvas = this.querySelector("canvas");
    this.frame = this.querySelector(".crop-frame");
    this.querySelector("[data-turn]").addEventListener("click", () => this.turn());
    this.querySelector("[data-whole]").addEventListener("click", () => this.choose(WHOLE));
    this.canvas.addEventListener("pointerdown", (event) => this.startDrag(event));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  /** Resolves to {rotate, region} for the API, {} for the whole picture, or null to leave it out. */
  async edit(file) {
    this.picture = await createImageBitmap(file).catch(() => null);
    if (!this.picture) return {};
    this.rotation = 0;
    this.draw();
    this.dialog.showModal();
    await new Promise((closed) => this.dialog.addEventListener("close", closed, { once: true }));
    return this.dialog.returnValue === "read" ? this.options() : null;
  }

  options() {
    const { width, height } = this.canvas;
    const { left, top, right, bottom } = this.chosen;
    const whole = left === 0 && top === 0 && right === 1 && bottom === 1;
    if (whole) return this.rotation ? { rotate: this.rotation } : {};
    const region = [left * width, top * height, (right - left) * width, (bottom - top) * height];
    return { rotate: this.rotation, region: region.map(Math.round).join(",") };
  }

  turn() {
    this.rotation = (this.rotation + 90) % 360;
    this.draw();
  }

  draw() {
    const { width, height } = this.picture;
    const upright = this.rotation % 180 === 0;
    Object.assign(this.canvas, upright ? { width, height } : { width: height, height: width });
    const paper = this.canvas.getContext("2d");
    paper.translate(this.canvas.width / 2, this.canvas.height / 2);
    paper.rotate((this.rotation * Math.PI) / 180);
    paper.drawImage(this.picture, -width / 2, -height / 2);
    this.choose(WHOLE);
  }

  choose(part) {
    this.chosen = part;
    this.frame.style.left = `${100 * part.left}%`;
    this.frame.style.top = `${100 * part.top}%`;
    this.frame.style.width = `${100 * (part.right - part.left)}%`;
    this.frame.style.height = `${100 * (part.bottom - part.top)}%`;
  }

  startDrag(event) {
    const start = this.place(event);
    const follow = (moved) => {
      const end = this.place(moved);
      const part = {
        left: Math.min(start.x, end.x),
        top: Math.min(start.y, end.y),
        right: Math.max(start.x, end.x),
        bottom: Math.max(start.y, end.y),
      };
      if (part.right - part.left > SMALLEST && part.bottom - part.top > SMALLEST) this.choose(part);
    };
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.addEventListener("pointermove", follow);
    this.canvas.addEventListener("pointerup", () => this.canvas.removeEventListener("pointermove", follow), { once: true });
  }

  place({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    const share = (value) => Math.min(1, Math.max(0, value));
    return { x: share((clientX - box.x) / box.width), y: share((clientY - box.y) / box.height) };
  }

  /** Arrow keys move the right and lower edges, with Shift the left and upper ones. */
  key(event) {
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    const [dx, dy] = KEYS[event.key].map((direction) => direction * STEP);
    const part = { ...this.chosen };
    part[event.shiftKey ? "left" : "right"] += dx;
    part[event.shiftKey ? "top" : "bottom"] += dy;
    const fits = Object.values(part).every((edge) => edge > -1e-9 && edge < 1 + 1e-9);
    if (fits && part.right - part.left > SMALLEST && part.bottom - part.top > SMALLEST) this.choose(part);
  }
}

customElements.define("picture-editor", PictureEditor);
