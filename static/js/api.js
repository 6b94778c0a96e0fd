// Talks to the REST API with the session of this browser.

export const csrfToken = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

/** fetch() with the CSRF token; a body that is not FormData goes as JSON. */
export function request(url, { method = "GET", body } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  if (body && !(body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(body);
  }
  return fetch(url, { method, headers, body, credentials: "same-origin" });
}

/** What an address of the API answers: {status, body}. */
export async function getJson(url) {
  const response = await request(url);
  return { status: response.status, body: await response.json() };
}

/** Posts a form and reports the sent share (0-1); fetch() cannot. Resolves to {status, body, location}. */
export function send(url, form, onProgress) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", url);
    call.responseType = "json";
    call.setRequestHeader("Accept", "application/json");
    call.setRequestHeader("X-CSRFToken", csrfToken());
    call.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    call.onload = () =>
      resolve({ status: call.status, body: call.response ?? {}, location: call.getResponseHeader("Location") });
    call.onerror = () => reject(new TypeError("network"));
    call.send(form);
  });
}

/** The sentence for people in an API error: {"detail": …} or {"field": ["…"]}. */
export function errorMessage(body, fallback) {
  if (typeof body?.detail === "string") return body.detail;
  const first = Object.values(body ?? {}).find((value) => Array.isArray(value) && value.length);
  return first ? String(first[0]) : fallback;
}

/** "{a} of {b}" with {a: 1, b: 2} -> "1 of 2". */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
