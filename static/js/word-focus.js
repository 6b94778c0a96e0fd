// Moves the focus from word to word with the arrow keys; Tab reaches one word of the text.

const middle = (element) => {
  const box = element.getBoundingClientRect();
  return box.x + box.width / 2;
};

export class WordFocus {
  /** text: the element around all words. open(word): on Enter. help: id of the text that explains it. */
  constructor(text, { open, help }) {
    Object.assign(this, { text, open, help, index: 0 });
    text.addEventListener("keydown", (event) => this.key(event));
    text.addEventListener("focusin", ({ target }) => target.matches(".word") && this.choose(this.words.indexOf(target)));
  }

  get words() {
    return [...this.text.querySelectorAll(".word")];
  }

  /** Makes this the word that Tab reaches. */
  choose(index) {
    const { words } = this;
    this.index = Math.max(0, Math.min(index, words.length - 1));
    const word = words[this.index];
    for (const other of this.text.querySelectorAll(".word[tabindex]")) {
      // A focused element without tabindex would lose the focus.
      if (other !== word) for (const name of ["tabindex", "role", "aria-describedby"]) other.removeAttribute(name);
    }
    if (!word) return;
    word.tabIndex = 0;
    word.role = "button";
    word.setAttribute("aria-describedby", this.help);
  }

  focus(index = this.index) {
    this.choose(index);
    this.words[this.index]?.focus();
  }

  key(event) {
    const word = event.target.closest(".word");
    if (!word || event.ctrlKey || event.metaKey || event.altKey) return;
    if (["Enter", "F2", " "].includes(event.key)) this.open(this.index);
    else {
      const next = this.next(event.key, word);
      if (next === null) return;
      this.focus(next);
    }
    event.preventDefault();
  }

  next(key, word) {
    const onward = getComputedStyle(word).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (key === "ArrowLeft" || key === "ArrowRight") return this.index + (key === onward ? 1 : -1);
    if (key === "ArrowUp") return this.inLine(word, -1);
    if (key === "ArrowDown") return this.inLine(word, 1);
    if (key === "Home") return 0;
    return key === "End" ? Infinity : null;
  }

  /** The nearest word of the next or previous line. */
  inLine(word, step) {
    const lines = [...this.text.querySelectorAll(".line")].filter((line) => line.querySelector(".word"));
    const line = lines[lines.indexOf(word.closest(".line")) + step];
    if (!line) return this.index;
    const distance = (other) => Math.abs(middle(other) - middle(word));
    const nearest = [...line.querySelectorAll(".word")].reduce((a, b) => (distance(b) < distance(a) ? b : a));
    return this.words.indexOf(nearest);
  }
}
