// Requests to the REST API with this browser's session.

export const csrfToken = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

/** fetch() with the CSRF token; a body other than FormData is sent as JSON. */
export function request(url, { method = "GET", body } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  if (body && !(body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(body);
  }
  return fetch(url, { method, headers, body, credentials: "same-origin" });
}

/** The answer of an API address: {status, body}. */
export async function getJson(url) {
  const response = await request(url);
  return { status: response.status, body: await response.json() };
}

/** Posts to an address below another one, such as "cancel/" below a job's. Returns {status, body}. */
export async function act(location, name) {
  const response = await request(below(location, name), { method: "POST" });
  return { status: response.status, body: await response.json() };
}

/** An address below another one, with the secret in its query. */
export function below(location, name) {
  const address = new URL(location, window.location.href);
  address.pathname += name;
  return address;
}

// A smaller remainder may arrive before it can be stopped, and the server would start with it.
const STOPPABLE_BYTES = 1e6;

/**
 * Posts a form and reports the sent share (0-1), which fetch() cannot. Resolves to {status, body, location}.
 * signal: stops sending, with an AbortError, while much remains; otherwise the answer still arrives.
 */
export function send(url, form, { onProgress, signal, headers = {} }) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", url);
    call.responseType = "json";
    const all = { Accept: "application/json", "X-CSRFToken": csrfToken(), ...headers };
    for (const [name, value] of Object.entries(all)) call.setRequestHeader(name, value);
    let left = 0;
    signal.addEventListener("abort", () => left > STOPPABLE_BYTES && call.abort());
    call.upload.onprogress = ({ loaded, total }) => {
      left = total - loaded;
      if (total) onProgress(loaded / total);
    };
    call.onload = () =>
      resolve({ status: call.status, body: call.response ?? {}, location: call.getResponseHeader("Location") });
    call.onerror = () => reject(new TypeError("network"));
    call.onabort = () => reject(new DOMException("", "AbortError"));
    call.send(form);
  });
}

/** Whether the answer would not change soon: the server neither restarts nor is overloaded. */
export const isFinal = ({ status }) => status < 500 && status !== 429;

export const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

/** The readable sentence of an API error: {"detail": …} or {"field": ["…"]}. */
export function errorMessage(body, fallback) {
  if (typeof body?.detail === "string") return body.detail;
  const first = Object.values(body ?? {}).find((value) => Array.isArray(value) && value.length);
  return first ? String(first[0]) : fallback;
}

/** "{a} of {b}" with {a: 1, b: 2} -> "1 of 2". */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
