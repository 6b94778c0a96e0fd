// A PDF whose pages are one JPEG file each, embedded unchanged with DCTDecode (ISO 32000-1).

const LONG_SIDE = 842; // points: an A4 page's

/** pages: [{jpeg: Uint8Array, width, height}], in pixels. Returns a Blob. */
export function pdfOf(pages) {
  const parts = [];
  const offsets = [];
  let size = 0;
  const add = (part) => {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    parts.push(bytes);
    size += bytes.length;
  };
  const object = (number, ...content) => {
    offsets[number] = size;
    add(`${number} 0 obj\n`);
    content.forEach(add);
    add("\nendobj\n");
  };
  add("%PDF-1.4\n%\u00e2\u00e3\n");
  object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  object(2, `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${3 + 3 * at} 0 R`).join(" ")}] >>`);
  for (const [at, page] of pages.entries()) writePage(object, 3 + 3 * at, page);
  const start = size;
  const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  add(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${rows.join("")}`);
  add(`trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  return new Blob(parts, { type: "application/pdf" });
}

/** Three objects: the page, its drawing and its picture. */
function writePage(object, number, { jpeg, width, height }) {
  const scale = LONG_SIDE / Math.max(width, height);
  const [wide, high] = [(width * scale).toFixed(2), (height * scale).toFixed(2)];
  const drawing = `q ${wide} 0 0 ${high} 0 0 cm /Im Do Q`;
  object(
    number,
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${wide} ${high}] /Contents ${number + 1} 0 R`,
    ` /Resources << /XObject << /Im ${number + 2} 0 R >> >> >>`,
  );
  object(number + 1, `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`);
  object(
    number + 2,
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB`,
    ` /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
    jpeg,
    "\nendstream",
  );
}
