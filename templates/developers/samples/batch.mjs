import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";

const headers = { Authorization: "Bearer oo_YOUR_KEY" };

const call = async (address, options) => {
  const answer = await fetch(address, { headers, ...options });
  if (!answer.ok) throw new Error((await answer.json()).detail);
  return answer;
};

const form = new FormData();
for (const name of ["page.png", "second.png"]) form.append("images", await openAsBlob(name), name);
let answer = await call("https://ocr.example.org/api/batches/", { method: "POST", body: form });
let batch = await answer.json();

while (batch.status !== "done") batch = await (await call(`${batch.url}?wait=20`)).json();

answer = await call(`${batch.url}export/txt/`);
await writeFile("texts.zip", new Uint8Array(await answer.arrayBuffer()));
