// Draws Swagger UI, and gives its fields the names that screen readers need.

const place = document.querySelector("#swagger-ui");
const { filter, scheme, type, value } = place.dataset;

/** Selector within the drawn page -> name of what it finds. */
const NAMES = [
  [".operation-filter-input", () => filter],
  [".schemes select", () => scheme],
  [".content-type-wrapper select, .response-control-media-type select", () => type],
  ["td.parameters-col_description :is(input, select, textarea)", (field) => rowName(field)],
  [".auth-container :is(input, select)", (field) => field.closest("label, .wrapper")?.innerText],
  ["textarea, input, select", () => value],
];

const rowName = (field) => field.closest("tr")?.dataset.paramName ?? value;

function nameFields() {
  for (const [selector, name] of NAMES)
    for (const field of place.querySelectorAll(selector))
      if (!field.hasAttribute("aria-label") && !field.labels?.length)
        field.setAttribute("aria-label", name(field)?.trim() || value);
  for (const table of place.querySelectorAll(".response-col_links")) table.remove();
  for (const box of place.querySelectorAll("pre, .table-container")) box.tabIndex = 0;
}

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.spec,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
  layout: "BaseLayout",
  requestInterceptor: (request) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (token && !request.loadSpec) request.headers["X-CSRFToken"] = token;
    return request;
  },
});
new MutationObserver(nameFields).observe(place, { childList: true, subtree: true });
