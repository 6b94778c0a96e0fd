// <code-tabs><div class="sample" role="group" aria-labelledby><h4>…</h4></div>…</code-tabs>: one program at a time.
// The chosen language applies to all of them. Without this script all programs are shown.

let chosen = 0;

class CodeTabs extends HTMLElement {
  connectedCallback() {
    this.panels = [...this.querySelectorAll(":scope > .sample")];
    this.list = document.createElement("div");
    this.list.setAttribute("role", "tablist");
    this.list.setAttribute("aria-label", this.getAttribute("aria-label"));
    this.tabs = this.panels.map((panel, index) => this.tab(panel, index));
    this.list.append(...this.tabs);
    this.prepend(this.list);
    this.list.addEventListener("keydown", (event) => this.step(event));
    this.show();
  }

  tab(panel, index) {
    const title = panel.querySelector("h4");
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", textContent: title.textContent, id: title.id });
    tab.setAttribute("role", "tab");
    tab.addEventListener("click", () => choose(index));
    title.remove();
    panel.setAttribute("role", "tabpanel");
    return tab;
  }

  show() {
    this.panels.forEach((panel, index) => (panel.hidden = index !== chosen));
    this.tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", index === chosen);
      tab.tabIndex = index === chosen ? 0 : -1;
    });
  }

  /** Arrow keys move from tab to tab, as in every tab list. */
  step({ key }) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!by) return;
    const way = this.matches(":dir(rtl)") ? -by : by;
    choose((chosen + way + this.tabs.length) % this.tabs.length);
    this.tabs[chosen].focus();
  }
}

function choose(index) {
  chosen = index;
  for (const tabs of document.querySelectorAll("code-tabs")) tabs.show();
}

customElements.define("code-tabs", CodeTabs);
