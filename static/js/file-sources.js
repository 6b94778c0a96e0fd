// Sources of files: chosen, pasted, or dropped anywhere on the page, and the site's samples.

/** Calls take(files) for each of them; marks the zone while files are dragged over the page. */
export function listenForFiles(zone, take) {
  for (const input of zone.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
  }
  for (const button of zone.querySelectorAll("[name=sample]")) {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      const file = await sampleFile(button.dataset.source).catch(() => null);
      if (!file) return button.form.requestSubmit(button); // the server has the same limit
      window.scrollTo({ top: 0 });
      take([file]);
    });
  }
  document.addEventListener("paste", (event) => take([...event.clipboardData.files]));
  listenForDrops(zone, take);
}

async function sampleFile(address) {
  const blob = await (await fetch(address)).blob();
  return new File([blob], `${address.match(/(\w+)[^/]*$/)[1]}.${blob.type.split("/")[1]}`, { type: blob.type });
}

function listenForDrops(zone, take) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.toggleAttribute("data-dragging", true);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.removeAttribute("data-dragging");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.removeAttribute("data-dragging");
    take([...event.dataTransfer.files]);
  });
}
