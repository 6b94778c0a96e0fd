// Structured text of a part of a page: as HTML without the site's own elements, and as plain text in which a table
// row is a line and tabs separate its cells.

const KEPT = new Set("TABLE THEAD TBODY TR TH TD CAPTION P H1 H2 H3 H4 H5 H6 UL OL LI PRE CODE BR".split(" "));
const ATTRIBUTES = ["rowspan", "colspan", "scope", "dir", "start", "lang"];
// Elements of the site, not of the text.
const TOOLS = ".table-tools, script, style, template, input, textarea, button";
const BLOCKS = "table, p, h1, h2, h3, h4, h5, h6, ul, ol, pre";

const squeezed = (text) => text.replace(/\s+/g, " ").trim();
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]);

/** The document of an HTML export. Its style sheet is removed, because the site's policy would block it. Figures,
 * which have no pictures there, are reduced to their captions. */
export function parsed(html) {
  const page = new DOMParser().parseFromString(html.replace(/<style>.*?<\/style>/s, ""), "text/html");
  for (const figure of page.querySelectorAll("figure")) figure.replaceWith(...captionsOf(figure));
  return page;
}

function captionsOf(figure) {
  return [...figure.querySelectorAll("figcaption")].map((caption) => {
    const paragraph = Object.assign(document.createElement("p"), { className: "caption" });
    if (caption.dir) paragraph.dir = caption.dir;
    paragraph.append(...caption.childNodes);
    return paragraph;
  });
}

export function htmlOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(TOOLS)) return "";
  const inner = [...node.childNodes].map(htmlOf).join("");
  if (!KEPT.has(node.tagName)) return inner;
  const tag = node.tagName.toLowerCase();
  const kept = ATTRIBUTES.filter((name) => node.hasAttribute(name)).map((name) => ` ${name}="${escaped(node.getAttribute(name))}"`);
  // Mail programs draw no table borders by themselves.
  if (tag === "table") kept.push(' border="1"');
  return tag === "br" ? "<br>" : `<${tag}${kept.join("")}>${inner}</${tag}>`;
}

/** Blocks are separated by an empty line. */
export function textOf(root) {
  if (root.matches(BLOCKS)) return blockText(root);
  const all = [...root.querySelectorAll(BLOCKS)];
  const outer = all.filter((block) => block.parentElement.closest(BLOCKS)?.contains(root) !== false);
  const texts = outer.map(blockText).filter(Boolean);
  return texts.length ? texts.join("\n\n") : root.textContent.trim();
}

function blockText(block) {
  if (block.tagName === "TABLE") return tableText(block);
  if (block.tagName === "PRE") return block.textContent.replace(/[ \t]+$/gm, "").trimEnd();
  if (/^[UO]L$/.test(block.tagName)) return [...block.children].map((item) => squeezed(item.textContent)).join("\n");
  return lines(block).map(squeezed).filter(Boolean).join("\n");
}

/** Lines of a paragraph: of the page, as printed, or separated by breaks. */
function lines(block) {
  const printed = [...block.querySelectorAll(".line")];
  if (printed.length) return printed.map((line) => line.textContent);
  return [...block.childNodes].reduce(
    (all, node) => (node.nodeName === "BR" ? [...all, ""] : [...all.slice(0, -1), all.at(-1) + node.textContent]),
    [""],
  );
}

function tableText(table) {
  return gridOf(table).map((row) => row.join("\t").replace(/\t+$/, "")).join("\n");
}

/** The texts of the cells by column, "" for the continuation of a cell that spans several. */
function gridOf(table) {
  const grid = [...table.rows].map(() => []);
  [...table.rows].forEach((row, top) => {
    for (const cell of row.cells) {
      let left = 0;
      while (grid[top][left] !== undefined) left += 1;
      for (let y = top; y < Math.min(top + cell.rowSpan, grid.length); y += 1) {
        for (let x = left; x < left + cell.colSpan; x += 1) grid[y][x] = "";
      }
      grid[top][left] = cellText(cell);
    }
  });
  return grid;
}

/** Text in one line: a break becomes a space. */
function cellText(cell) {
  return squeezed(lines(cell).join(" "));
}
