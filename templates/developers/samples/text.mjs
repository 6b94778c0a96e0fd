import { openAsBlob } from "node:fs";

const form = new FormData();
form.append("image", await openAsBlob("page.png"), "page.png");
const answer = await fetch("https://ocr.example.org/api/ocr/", {
  method: "POST",
  headers: { Authorization: "Bearer oo_YOUR_KEY" },
  body: form,
});
const result = await answer.json();
if (!answer.ok) throw new Error(result.detail);
console.log(result.text);
