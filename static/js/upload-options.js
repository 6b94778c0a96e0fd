// Recognition options of the upload form; this browser remembers the last choices.

const FURTHER = "further_languages";

export function chosenOptions(form) {
  const fields = new FormData(form);
  return { language: languages(form, fields), engine: fields.get("engine") };
}

/** The languages for the API, such as "eng+deu"; "auto" needs no others. */
function languages(form, fields) {
  const first = fields.get("language");
  const further = fields.getAll(FURTHER);
  if (!further.length || first === "auto") return first;
  return [first || form.querySelector("[data-first]").dataset.first, ...further].join("+");
}

export function rememberOptions(form) {
  for (const select of form.querySelectorAll("select")) {
    const key = `onlineocr.${select.name}`;
    const kept = localStorage.getItem(key);
    if ([...select.options].some((option) => option.value === kept)) select.value = kept;
    select.addEventListener("change", () => localStorage.setItem(key, select.value));
  }
  rememberFurther(form, `onlineocr.${FURTHER}`);
  form.addEventListener("change", () => tellLanguage(form));
  tellLanguage(form);
}

/** Shows the chosen language beside the closed options, unless it is detected automatically. */
function tellLanguage(form) {
  const told = form.querySelector("[data-chosen=language]");
  told.dataset.automatic ??= told.textContent;
  const option = form.elements.language.selectedOptions[0];
  told.textContent = option.value === "auto" ? told.dataset.automatic : option.text;
}

function rememberFurther(form, key) {
  const boxes = [...form.querySelectorAll(`[name=${FURTHER}]`)];
  const kept = (localStorage.getItem(key) ?? "").split("+");
  for (const box of boxes) {
    box.checked = kept.includes(box.value);
    box.addEventListener("change", () => {
      const checked = boxes.filter((one) => one.checked).map((one) => one.value);
      localStorage.setItem(key, checked.join("+"));
    });
  }
  // The choice must be visible.
  if (boxes.some((box) => box.checked)) boxes[0].closest("details").open = true;
}
