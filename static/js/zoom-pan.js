// Zooms and moves a sheet inside its stage: wheel, pinch, drag, keyboard. Scale 1 shows all of it.

const LARGEST = 8;
const STEP = 1.4;
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const ARROW_PIXELS = 60;

/** The offset along one axis, such that no gap opens; a sheet smaller than the stage is centred. */
function within(move, offset, length, room) {
  if (length <= room) return (room - length) / 2 - offset;
  return Math.min(-offset, Math.max(room - length - offset, move));
}

export class ZoomPan {
  constructor(stage, sheet) {
    Object.assign(this, { stage, sheet, scale: 1, x: 0, y: 0, pointers: new Map() });
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("keydown", (event) => this.key(event));
    stage.addEventListener("dblclick", (event) => this.zoom(this.scale > 1 ? 1 / this.scale : STEP * STEP, event));
    stage.addEventListener("pointerdown", (event) => this.down(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      stage.addEventListener(end, (event) => this.pointers.delete(event.pointerId));
    }
  }

  /** Zooms by a factor so that what is under the point (client pixels; the middle by default) stays. */
  zoom(factor, { clientX, clientY } = {}) {
    const box = this.stage.getBoundingClientRect();
    const px = (clientX ?? box.x + box.width / 2) - box.x - this.stage.clientLeft - this.sheet.offsetLeft;
    const py = (clientY ?? box.y + box.height / 2) - box.y - this.stage.clientTop - this.sheet.offsetTop;
    const scale = Math.min(LARGEST, Math.max(1, this.scale * factor));
    const ratio = scale / this.scale;
    this.scale = scale;
    this.place(px - (px - this.x) * ratio, py - (py - this.y) * ratio);
  }

  /** Moves the sheet by this offset from its unzoomed place; a sheet larger than the stage covers it. */
  place(x, y) {
    const { stage, sheet, scale } = this;
    this.x = within(x, sheet.offsetLeft, sheet.offsetWidth * scale, stage.clientWidth);
    this.y = within(y, sheet.offsetTop, sheet.offsetHeight * scale, stage.clientHeight);
    sheet.style.transform = `translate(${this.x}px, ${this.y}px) scale(${scale})`;
    stage.toggleAttribute("data-zoomed", scale > 1);
  }

  fit() {
    this.scale = 1;
    this.place(0, 0);
  }

  /** Moves an element of the sheet to the middle, if zoomed. */
  reveal(element) {
    const [outer, inner] = [this.stage.getBoundingClientRect(), element.getBoundingClientRect()];
    const dx = outer.x + outer.width / 2 - (inner.x + inner.width / 2);
    const dy = outer.y + outer.height / 2 - (inner.y + inner.height / 2);
    if (this.scale > 1) this.place(this.x + dx, this.y + dy);
  }

  /** The wheel scrolls the page as usual; with Ctrl, which a pinch on a touchpad sends too, it zooms. */
  wheel(event) {
    if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(-event.deltaY / 300), event);
    else if (this.scale > 1) this.place(this.x - event.deltaX, this.y - event.deltaY);
    else return;
    event.preventDefault();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0") this.fit();
    else if (event.key in ARROWS && this.scale > 1) {
      const [dx, dy] = ARROWS[event.key];
      this.place(this.x + dx * ARROW_PIXELS, this.y + dy * ARROW_PIXELS);
    } else return;
    event.preventDefault();
  }

  /** Fingers move and pinch; the mouse drags the paper, but selects text on words. */
  down(event) {
    if (event.pointerType === "mouse" && (event.button !== 0 || event.target.closest(".box"))) return;
    this.pointers.set(event.pointerId, event);
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const other = [...this.pointers.values()].find((pointer) => pointer.pointerId !== event.pointerId);
    this.pointers.set(event.pointerId, event);
    if (other) this.pinch(before, event, other);
    else if (this.scale > 1) this.place(this.x + event.clientX - before.clientX, this.y + event.clientY - before.clientY);
  }

  pinch(before, now, other) {
    const distance = (pointer) => Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY);
    const middle = { clientX: (now.clientX + other.clientX) / 2, clientY: (now.clientY + other.clientY) / 2 };
    if (distance(before)) this.zoom(distance(now) / distance(before), middle);
  }
}
