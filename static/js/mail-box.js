// <mail-box>: a box to tick for an e-mail when a reading has ended that its page does not show. The
// choice is remembered. Markup: templates/partials/mail_box.html.

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

/** page: address of an entry or batch that has not ended. Nothing happens unless the box is ticked. */
export async function askForMail(page) {
  if (asked.has(page) || !document.querySelector("mail-box input")?.checked) return;
  asked.add(page);
  await choose(page, { on: "1" });
}

/** People who see the end on this page need no mail. wasAsked: before this page was loaded. */
export async function withdrawMail(page, wasAsked = asked.delete(page)) {
  if (wasAsked && !document.hidden) await choose(page, {});
}

async function choose(page, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  await request(`${page}mail/`, { method: "POST", body }).catch(() => null);
}
