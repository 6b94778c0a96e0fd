// Shows a text with tables as HTML in place of its plain lines.

import { below } from "./api.js";
import "./copy-button.js";
import { parsed } from "./structured-text.js";

/** element: has the plain text, which stays if the HTML cannot be fetched. entry: address of its entry. */
export async function showStructure(element, entry) {
  const address = below(entry, "export/html/");
  address.search = "furniture=true";
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) return;
  const page = parsed(await response.text());
  const sections = [...page.querySelectorAll("section")];
  if (!sections.length) return;
  for (const section of sections) for (const [index, table] of section.querySelectorAll("table").entries()) {
    // The page number is in the id, such as "page-3".
    frame(table, entry, `${section.id.slice("page-".length)}.${index + 1}`);
  }
  element.replaceChildren(...sections.flatMap((section) => [...section.children]));
  element.classList.add("structured");
}

/** A scrolling frame, with the actions for the table below it. */
function frame(table, entry, name) {
  const around = document.createElement("div");
  around.className = "table-block";
  const scroll = Object.assign(document.createElement("div"), { className: "table-scroll", tabIndex: 0 });
  const tools = document.querySelector("#table-tools").content.firstElementChild.cloneNode(true);
  tools.querySelector("copy-button").source = table;
  for (const link of tools.querySelectorAll("[data-format]")) {
    const address = below(entry, `export/${link.dataset.format}/`);
    address.searchParams.set("table", name);
    link.href = address;
  }
  table.replaceWith(around);
  scroll.append(table);
  around.append(scroll, tools);
}
