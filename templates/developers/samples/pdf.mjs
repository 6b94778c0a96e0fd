import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";

const form = new FormData();
form.append("image", await openAsBlob("page.png"), "page.png");
const answer = await fetch("https://ocr.example.org/api/ocr/?format=pdf", {
  method: "POST",
  headers: { Authorization: "Bearer oo_YOUR_KEY" },
  body: form,
});
if (!answer.ok) throw new Error((await answer.json()).detail);
await writeFile("searchable.pdf", new Uint8Array(await answer.arrayBuffer()));
