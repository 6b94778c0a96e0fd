// The small picture of a <result-card>: the browser's own copy of the file, or else its first page as
// the server draws it.

import "./late-pictures.js";

// Shown without running anything in it.
const SHOWABLE = /^(application\/pdf|image\/(?!svg))/;

/** The whole file behind its name: a PDF can be leafed through too. Returns an address to revoke. */
export function showFile(file, name, picture) {
  if (!SHOWABLE.test(file.type)) return null;
  const href = URL.createObjectURL(file);
  name.replaceChildren(Object.assign(document.createElement("a"), { href, target: "_blank", textContent: file.name }));
  if (file.type.startsWith("image/")) {
    const image = Object.assign(new Image(), { src: href, alt: "" });
    image.onload = () => picture.replaceChildren(image);
  }
  return href;
}

/** The first page that was read, of a file that the browser cannot show as a picture. */
export function showThumbnail(entryUrl, picture) {
  if (picture.querySelector("img")) return;
  picture.replaceChildren(Object.assign(new Image(), { src: `${entryUrl}thumbnail/`, alt: "" }));
}
