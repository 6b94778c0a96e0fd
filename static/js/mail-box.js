// <mail-box>: a checkbox for an e-mail at the end of a recognition whose page is not open. The choice is
// remembered. Markup: templates/partials/mail_box.html.

import { request } from "./api.js";

const KEY = "onlineocr.mail";
const asked = new Set();

class MailBox extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    const box = this.querySelector("input");
    box.checked = localStorage.getItem(KEY) === "yes";
    box.addEventListener("change", () => localStorage.setItem(KEY, box.checked ? "yes" : "no"));
  }
}

customElements.define("mail-box", MailBox);

/** Requests a mail if the box is ticked. page: address of an unfinished entry or batch. */
export async function askForMail(page) {
  if (asked.has(page) || !document.querySelector("mail-box input")?.checked) return;
  asked.add(page);
  await choose(page, { on: "1" });
}

/** Withdraws the request, since the end was seen on this page. wasAsked: requested before this page was loaded. */
export async function withdrawMail(page, wasAsked = asked.delete(page)) {
  if (wasAsked && !document.hidden) await choose(page, {});
}

async function choose(page, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  await request(`${page}mail/`, { method: "POST", body }).catch(() => null);
}
