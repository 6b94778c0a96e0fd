// Shows another state of this page without reloading it.

/** Replaces this page's content by that of a fetched page; null reloads the page. */
export async function showPage(response) {
  const page = new DOMParser().parseFromString((await response?.text()) ?? "", "text/html");
  const content = page.querySelector("#content");
  if (!content) return window.location.reload();
  document.querySelector("#content").replaceChildren(...content.childNodes);
  if (response.ok) window.history.replaceState(null, "", response.url);
}

/** <form method="post" data-quiet>: shows the page to which its answer redirects here. */
async function submitQuietly(event) {
  const form = event.target;
  if (!form.matches("form[data-quiet]")) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  if (event.submitter) event.submitter.disabled = true;
  await showPage(await fetch(form.action, { method: "POST", body }).catch(() => null));
  document.querySelector("#content").focus({ preventScroll: true });
}

document.addEventListener("submit", submitQuietly);
