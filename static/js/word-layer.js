// Puts every word of the text invisibly at its place in the picture, so that it can be selected there.

const measure = document.createElement("canvas").getContext("2d");
const FONT = "sans-serif";

/**
 * Boxes for the words (elements with data-box="left top right bottom" in pixels of the page), and under
 * them boxes for the cells of tables.
 */
export function buildLayer(words, cells, sheet) {
  const page = { width: Number(sheet.dataset.width), height: Number(sheet.dataset.height) };
  const layer = document.createElement("div");
  layer.className = "boxes";
  layer.dir = "ltr";
  layer.setAttribute("aria-hidden", "true"); // the text beside it is the same
  const boxes = words.map((word) => buildBox(word, page));
  const cellBoxes = cells.map((cell) => placed("cell-box", cell, page));
  layer.append(...cellBoxes, ...boxes);
  layer.addEventListener("copy", (event) => copySelection(event, boxes, words));
  sheet.append(layer);
  return { layer, boxes, cellBoxes };
}

function buildBox(word, page) {
  const [left, top, right, bottom] = corners(word);
  const box = placed("box", word, page);
  for (const kind of ["check", "doubtful", "found"]) box.classList.toggle(`box-${kind}`, word.classList.contains(`word-${kind}`));
  box.append(buildText(word.textContent, right - left, bottom - top, page));
  return box;
}

const corners = (element) => element.dataset.box.split(" ").map(Number);

/** An element that covers the place of a word or cell on the page. */
function placed(name, element, page) {
  const [left, top, right, bottom] = corners(element);
  const box = document.createElement("span");
  box.className = name;
  box.style.left = `${(100 * left) / page.width}%`;
  box.style.top = `${(100 * top) / page.height}%`;
  box.style.width = `${(100 * (right - left)) / page.width}%`;
  box.style.height = `${(100 * (bottom - top)) / page.height}%`;
  return box;
}

/** Text as high as its box and stretched to its width. */
function buildText(content, width, height, page) {
  const text = document.createElement("span");
  text.className = "box-text";
  text.textContent = content;
  measure.font = `${height}px ${FONT}`;
  const natural = measure.measureText(content).width || 1;
  text.style.fontSize = `${(100 * height) / page.height}cqh`;
  text.style.transform = `scaleX(${width / natural})`;
  return text;
}

/** Copies words as in the text, with its spaces and lines, instead of one block for each box. */
function copySelection(event, boxes, words) {
  const range = document.getSelection().getRangeAt(0);
  const chosen = words.filter((_, index) => range.intersectsNode(boxes[index]));
  if (chosen.length < 2) return;
  const whole = document.createRange();
  whole.setStartBefore(chosen[0]);
  whole.setEndAfter(chosen.at(-1));
  event.clipboardData.setData("text/plain", whole.toString());
  event.preventDefault();
}
