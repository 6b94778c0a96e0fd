// Makes pictures smaller in the browser: a phone's photo has several times the pixels that recognition uses, and
// more bytes than a visitor may send.

// 3,000 x 3,000: the letters of an A4 page are then about 30 pixels high, more than any engine needs.
const NEEDED_PIXELS = 9e6;
// Decoding a smaller file is not worth the time.
const WORTHWHILE_BYTES = 1.5e6;
const KINDS = /^image\/(jpeg|png|webp|bmp|avif|heic|heif)$/;
// Tried in sequence: pixels and quality of a JPEG. The strong ones lose letters of small print.
const GENTLE = [[9e6, 0.85], [9e6, 0.75], [6e6, 0.75], [4e6, 0.7]];
const STRONG = [[3e6, 0.65], [2e6, 0.6], [1e6, 0.5]];

// Some systems give no type for a phone's photos.
export const isPicture = ({ type, name }) => KINDS.test(type) || /\.hei[cf]$/i.test(name);

/**
 * The file itself if it may be sent, or a smaller JPEG of at most maxBytes, upright according to its EXIF data.
 * strong: may also drop pixels that small print needs. null if that is not enough.
 */
export async function fitted(file, maxBytes, { strong = false } = {}) {
  const tooLarge = file.size > maxBytes;
  if (!isPicture(file)) return tooLarge ? null : file;
  if (!tooLarge && file.size < WORTHWHILE_BYTES) return file;
  const bitmap = await opened(file);
  if (!bitmap) return tooLarge ? null : file;
  try {
    if (!tooLarge && bitmap.width * bitmap.height <= NEEDED_PIXELS) return file;
    for (const [pixels, quality] of strong ? [...GENTLE, ...STRONG] : GENTLE) {
      const smaller = await encoded(bitmap, pixels, quality);
      if (smaller && smaller.size <= maxBytes) return named(smaller, file);
    }
    return null;
  } finally {
    bitmap.close?.();
  }
}

/** The picture, upright according to its EXIF data; null for other files. Some versions of Safari open HEIC only
 * as an image element. */
export async function opened(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (bitmap) return bitmap;
  const image = Object.assign(new Image(), { src: URL.createObjectURL(file) });
  await image.decode().catch(() => null);
  URL.revokeObjectURL(image.src);
  return image.naturalWidth ? image : null;
}

async function encoded(bitmap, pixels, quality) {
  const scale = Math.min(1, Math.sqrt(pixels / (bitmap.width * bitmap.height)));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
  const paper = canvas.getContext("2d");
  paper.fillStyle = "white"; // behind transparent pixels
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

function named(blob, file) {
  const stem = file.name.replace(/\.[^.]*$/, "") || "picture";
  return new File([blob], `${stem}.jpg`, { type: "image/jpeg", lastModified: file.lastModified });
}
