import { openAsBlob } from "node:fs";

const site = "https://ocr.example.org";
const headers = { Authorization: "Bearer oo_YOUR_KEY" };

const call = async (path, options) => {
  const answer = await fetch(site + path, { headers, ...options });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body;
};

const form = new FormData();
form.append("image", await openAsBlob("page.png"), "page.png");
const { id } = await call("/api/ocr/", { method: "POST", body: form });
const tables = await call(`/api/history/${id}/tables/`);
for (const { cells } of tables)
  for (const { row, column, text } of cells) console.log([row, column, text].join("\t"));
