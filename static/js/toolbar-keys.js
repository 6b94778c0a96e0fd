// Arrow keys move from button to button of a toolbar; moving before the first one, or Escape, leaves it.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function connectToolbar(toolbar, leave) {
  const buttons = [...toolbar.querySelectorAll("button")];
  toolbar.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const at = buttons.indexOf(event.target) + (step ?? 0);
    if (event.key === "Escape" || at < 0) leave();
    else if (step) buttons[Math.min(at, buttons.length - 1)].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
