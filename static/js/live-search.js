// <live-search data-target="#found"><form method="get">…</form></live-search>
// Shows results while the user types. The address follows, so it can be bookmarked and shared.

const PAUSE_MS = 180;

class LiveSearch extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), PAUSE_MS);
  }

  get address() {
    const asked = [...new FormData(this.form)].filter(([, value]) => value);
    const query = new URLSearchParams(asked);
    return query.size ? `?${query}` : window.location.pathname;
  }

  async search() {
    this.call?.abort();
    this.call = new AbortController();
    const target = document.querySelector(this.dataset.target);
    target.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(this.address, { signal: this.call.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      target.replaceChildren(...page.querySelector(this.dataset.target).childNodes);
      history.replaceState(null, "", this.address);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.form.submit();
    }
    target.removeAttribute("aria-busy");
  }
}

customElements.define("live-search", LiveSearch);
