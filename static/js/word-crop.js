// Draws the part of the page's picture around a word, above the field that corrects it.

const HEIGHT = 40; // pixels of the word on the screen
const WIDEST = 320;
const AROUND = { across: 1.2, along: 0.35 }; // shown beside and above the word, in heights of the word

/** canvas: hidden if there is no picture. box: "left top right bottom" in pixels of the page. */
export function drawCrop(canvas, sheet, box) {
  const [left, top, right, bottom] = box?.split(" ").map(Number) ?? [];
  const strip = box && stripAt(sheet, (top + bottom) / 2);
  canvas.hidden = !strip;
  if (!strip) return;
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
  const ratio = strip.image.naturalWidth / Number(sheet.dataset.width);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  const source = [area.x, area.y - strip.top, area.width, area.height].map((value) => value * ratio);
  context.drawImage(strip.image, ...source, 0, 0, canvas.width, canvas.height);
}

/** The picture at this height of the page, if loaded; tall pages have several, one below the other. */
function stripAt(sheet, height) {
  let top = 0;
  for (const image of sheet?.querySelectorAll("img") ?? []) {
    const bottom = top + Number(image.getAttribute("height"));
    if (height < bottom) return image.complete && image.naturalWidth ? { image, top } : null;
    top = bottom;
  }
  return null;
}
