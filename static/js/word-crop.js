// Draws the part of the page's picture around a word, above the field that corrects it.

const HEIGHT = 40; // pixels of the word on the screen
const WIDEST = 320;
const AROUND = { across: 1.2, along: 0.35 }; // shown beside and above it, in heights of the word

/** canvas: hidden where there is no picture. box: "left top right bottom" in pixels of the page. */
export function drawCrop(canvas, sheet, box) {
  const image = sheet?.querySelector("img");
  const ready = Boolean(image?.complete && image.naturalWidth && box);
  canvas.hidden = !ready;
  if (!ready) return;
  const [left, top, right, bottom] = box.split(" ").map(Number);
  const height = Math.max(8, Math.min(bottom - top, right - left > 4 ? bottom - top : right - left));
  const [across, along] = [AROUND.across * height, AROUND.along * height];
  const area = { x: left - across, y: top - along, width: right - left + 2 * across, height: bottom - top + 2 * along };
  const scale = Math.min(HEIGHT / height, WIDEST / area.width);
  const density = window.devicePixelRatio || 1;
  canvas.style.width = `${area.width * scale}px`;
  canvas.style.height = `${area.height * scale}px`;
  canvas.width = Math.max(1, Math.round(area.width * scale * density));
  canvas.height = Math.max(1, Math.round(area.height * scale * density));
  // The picture may have been made smaller than the page.
  const ratio = image.naturalWidth / Number(sheet.dataset.width);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  const source = [area.x, area.y, area.width, area.height].map((value) => value * ratio);
  context.drawImage(image, ...source, 0, 0, canvas.width, canvas.height);
}
