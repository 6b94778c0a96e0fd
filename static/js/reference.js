// Draws Swagger UI below the heading of the page, with the names and roles that screen readers need.

const place = document.querySelector("#swagger-ui");
const { filter, type, value, close } = place.dataset;

/** The layout: Swagger UI's own would add a second <main>. */
function site({ React: { createElement: element } }) {
  const part = (getComponent, name) => element(getComponent(name, true));
  const SiteLayout = ({ getComponent, specSelectors }) => {
    if (specSelectors.loadingStatus() !== "success") return element("p", { role: "status" }, "…");
    return element(
      "div",
      { className: "swagger-ui" },
      element(getComponent("SvgAssets")),
      part(getComponent, "InfoContainer"),
      element("div", { className: "scheme-container" }, part(getComponent, "AuthorizeBtnContainer")),
      part(getComponent, "FilterContainer"),
      element("div", { className: "wrapper" }, part(getComponent, "operations")),
    );
  };
  // As text: a link in the button that opens an operation would nest two controls.
  const DeepLink = ({ text }) => element("span", null, text);
  return { components: { SiteLayout, DeepLink } };
}

/** Selector within the drawn page -> accessible name of the element. */
const NAMES = [
  [".operation-filter-input", () => filter],
  [".content-type-wrapper select, .response-control-media-type select", () => type],
  [".close-modal", () => close],
  ["td.parameters-col_description :is(input, select, textarea)", (field) => rowName(field)],
  [".auth-container :is(input, select)", (field) => field.closest("label, .wrapper")?.innerText],
  ["textarea, input, select", () => value],
];

const rowName = (field) => field.closest("tr")?.dataset.paramName ?? value;

function describe() {
  for (const [selector, name] of NAMES)
    for (const field of place.querySelectorAll(selector))
      if (!field.hasAttribute("aria-label") && !field.labels?.length)
        field.setAttribute("aria-label", name(field)?.trim() || value);
  for (const heading of place.querySelectorAll(".opblock-tag, .modal-ux-header h3"))
    heading.ariaLevel = 2;
  for (const heading of place.querySelectorAll(".opblock h4, .modal-ux h4")) heading.ariaLevel = 3;
  for (const box of place.querySelectorAll("pre, .table-container")) box.tabIndex = 0;
}

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.spec,
  plugins: [site],
  layout: "SiteLayout",
  deepLinking: true,
  docExpansion: "list",
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (token && !request.loadSpec) request.headers["X-CSRFToken"] = token;
    return request;
  },
});
new MutationObserver(describe).observe(place, { childList: true, subtree: true });
