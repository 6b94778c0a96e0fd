// The picture of a result: the file itself if the browser can show it, else its first page from the server.

// Formats that browsers show without executing anything in them.
const SHOWABLE = /^(application\/pdf|image\/(?!svg))/;

/** A small picture, a large one, and a link to the whole file, so that a PDF can be read too. */
export function showFile(card, file) {
  if (!SHOWABLE.test(file.type)) return;
  card.picture = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: card.picture, target: "_blank", textContent: file.name });
  link.dir = "auto";
  card.piece("name").replaceChildren(link);
  if (!file.type.startsWith("image/")) return;
  for (const place of ["thumb", "picture"]) put(card, place, card.picture);
}

/** Shows the server's picture, for PDFs and pictures that this browser cannot show; a row has no room for a large
 * one. entry: its address. */
export function showFirstPage(card, entry) {
  if (card.piece("picture").querySelector("img")) return;
  put(card, "thumb", `${entry}thumbnail/`);
  if (!card.matches(".result-row")) put(card, "picture", `${entry}pages/1/picture/`);
}

/** Shows the picture once it is loaded. late-pictures.js waits for a picture that is not drawn yet. */
function put(card, place, address) {
  const image = Object.assign(new Image(), { alt: "" });
  image.onload = () => card.piece(place).replaceChildren(image);
  const drawnLater = !address.startsWith("blob:");
  if (drawnLater) card.piece(place).replaceChildren(image);
  image.src = address;
}

/** On narrow screens, either the text or the picture is shown. */
export function connectViews(card) {
  const buttons = [...card.querySelectorAll("[data-view]")];
  for (const button of buttons) button.addEventListener("click", () => {
    card.toggleAttribute("data-picture-first", button.dataset.view === "picture");
    for (const each of buttons) each.ariaPressed = each === button;
  });
}
