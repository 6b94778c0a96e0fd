// Files come by being picked, photographed, pasted, or dropped anywhere on the page.

/** Calls take(files) for each gesture; the zone is marked while files are dragged over the page. */
export function listenForFiles(zone, take) {
  for (const input of zone.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
  }
  document.addEventListener("paste", (event) => take([...event.clipboardData.files]));
  listenForDrops(zone, take);
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
