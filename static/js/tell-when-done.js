// <tell-when-done>: a checkbox for a browser notification at the end of a recognition in a hidden tab. The choice
// is remembered. Markup: templates/partials/tell_when_done.html.

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

  /** Browsers ask for permission only once, and only on a click. */
  async choose(box) {
    if (box.checked) box.checked = (await Notification.requestPermission()) === "granted";
    localStorage.setItem(KEY, box.checked ? "yes" : "no");
  }
}

customElements.define("tell-when-done", TellWhenDone);

/** title: the name of the finished file or batch. A click on the notification returns to this tab. */
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
    // Phone browsers show notifications only through the service worker.
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.showNotification(title, options);
  }
}
