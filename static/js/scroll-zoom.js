// Zooms a sheet of strips, which is much taller than its stage, so the stage scrolls. At scale 1 it is as wide as
// the stage. Has the methods of ZoomPan.

const LARGEST = 8;
const STEP = 1.4;

export class ScrollZoom {
  constructor(stage, sheet) {
    Object.assign(this, { stage, sheet, scale: 1 });
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("keydown", (event) => this.key(event));
  }

  /** Zooms by a factor so that what is under the point (client pixels; the middle by default) stays. */
  zoom(factor, { clientX, clientY } = {}) {
    const { stage, sheet } = this;
    const box = stage.getBoundingClientRect();
    const [x, y] = [(clientX ?? box.x + box.width / 2) - box.x, (clientY ?? box.y + box.height / 2) - box.y];
    const scale = Math.min(LARGEST, Math.max(1, this.scale * factor));
    const ratio = scale / this.scale;
    const [left, top] = [(stage.scrollLeft + x) * ratio - x, (stage.scrollTop + y) * ratio - y];
    this.scale = scale;
    sheet.style.width = `${100 * scale}%`;
    stage.scrollTo(left, top);
  }

  fit() {
    this.zoom(1 / this.scale);
  }

  /** Scrolls an element of the sheet to the middle of the stage, without moving the page. */
  reveal(element) {
    const [outer, inner] = [this.stage.getBoundingClientRect(), element.getBoundingClientRect()];
    this.stage.scrollBy(
      inner.x + inner.width / 2 - (outer.x + outer.width / 2),
      inner.y + inner.height / 2 - (outer.y + outer.height / 2),
    );
  }

  /** Zooms with Ctrl and the wheel, which a pinch on a touchpad sends too; otherwise the wheel scrolls. */
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    this.zoom(Math.exp(-event.deltaY / 300), event);
    event.preventDefault();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }
}
