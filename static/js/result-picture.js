// The picture of a result: the file itself where the browser can show it, else its first page from the server.

// Formats that browsers show without running anything in them.
const SHOWABLE = /^(application\/pdf|image\/(?!svg))/;

/** A small picture, a large one, and the whole file behind its name: a PDF can be leafed through too. */
export function showFile(card, file) {
  if (!SHOWABLE.test(file.type)) return;
  card.picture = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: card.picture, target: "_blank", textContent: file.name });
  link.dir = "auto";
  card.piece("name").replaceChildren(link);
  if (!file.type.startsWith("image/")) return;
  for (const place of ["thumb", "picture"]) put(card, place, card.picture);
}

/** For PDFs, and for pictures that this browser cannot show; a row has no room for a large one. entry: an address. */
export function showFirstPage(card, entry) {
  if (card.piece("picture").querySelector("img")) return;
  put(card, "thumb", `${entry}thumbnail/`);
  if (!card.matches(".result-row")) put(card, "picture", `${entry}pages/1/picture/`);
}

/** The picture takes its place when it has come. One that is not drawn yet is asked for again by late-pictures.js. */
function put(card, place, address) {
  const image = Object.assign(new Image(), { alt: "" });
  image.onload = () => card.piece(place).replaceChildren(image);
  const drawnLater = !address.startsWith("blob:");
  if (drawnLater) card.piece(place).replaceChildren(image);
  image.src = address;
}

/** On narrow screens text and picture take turns. */
export function connectViews(card) {
  const buttons = [...card.querySelectorAll("[data-view]")];
  for (const button of buttons) button.addEventListener("click", () => {
    card.toggleAttribute("data-picture-first", button.dataset.view === "picture");
    for (const each of buttons) each.ariaPressed = each === button;
  });
}
