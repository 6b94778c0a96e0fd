// <tell-when-done>: a box to tick for a notification of the browser when a reading has ended in a tab
// that is not looked at. The choice is remembered. Markup: templates/partials/tell_when_done.html.

const KEY = "onlineocr.notify";
const isAble = "Notification" in window && Notification.permission !== "denied";
const isWanted = () => localStorage.getItem(KEY) === "yes" && Notification.permission === "granted";

class TellWhenDone extends HTMLElement {
  connectedCallback() {
    this.hidden = !isAble;
    const box = this.querySelector("input");
    box.checked = isAble && isWanted();
    box.addEventListener("change", () => this.choose(box));
  }

  /** Browsers ask people once, and only at a click. */
  async choose(box) {
    if (box.checked) box.checked = (await Notification.requestPermission()) === "granted";
    localStorage.setItem(KEY, box.checked ? "yes" : "no");
  }
}

customElements.define("tell-when-done", TellWhenDone);

/** title: the name of what has ended. A click on the notification leads back to this tab. */
export async function tell(title, body) {
  if (!isAble || !isWanted() || !document.hidden) return;
  const options = { body, tag: window.location.href, data: window.location.href };
  try {
    const notification = new Notification(title, options);
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
  } catch {
    // Browsers of phones show them by the service worker only.
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.showNotification(title, options);
  }
}
