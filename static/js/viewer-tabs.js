// Tabs of the viewer on narrow screens, where text and picture do not fit side by side.

export class ViewerTabs {
  /** viewer: its data-view says which of the two is shown. */
  constructor(viewer) {
    this.viewer = viewer;
    this.tabs = [...viewer.querySelectorAll("[role=tab]")];
    viewer.querySelector("[role=tablist]").hidden = false;
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.show(tab.dataset.view));
      tab.addEventListener("keydown", (event) => this.key(event, tab));
    }
    this.show("text");
  }

  show(view) {
    this.viewer.dataset.view = view;
    for (const tab of this.tabs) {
      tab.ariaSelected = String(tab.dataset.view === view);
      tab.tabIndex = tab.dataset.view === view ? 0 : -1;
    }
  }

  key(event, tab) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = this.tabs.find((each) => each !== tab);
    this.show(other.dataset.view);
    other.focus();
    event.preventDefault();
  }
}
