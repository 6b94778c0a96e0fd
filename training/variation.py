"""Lines to draw, from running text: parts of it, capitals, rare letters, old spellings."""

from __future__ import annotations

import random
import unicodedata

from .blackletter import old_print
from .encoding import drawable
from .measures import with_symbols
from .scripts import SYMBOLS, Script
from .texts import number

VOWELS = "αεηιουω"
BREATHINGS, GRAVE, CIRCUMFLEX, IOTA, ACUTE = "\u0313\u0314", "\u0300", "\u0342", "\u0345", "\u0301"


class LineSource:
    """Endless texts of a script. lines: of running text."""

    def __init__(self, script: Script, lines: list[str], seed: int) -> None:
        self.script = script
        self.lines = lines
        self.chance = random.Random(seed)
        self.letters = [each for each in script.letters if unicodedata.category(each)[0] == "L"]

    def text(self, characters: int) -> str:
        """A varied text of about that many characters."""
        while True:
            found = self._varied(self._piece(characters))
            if found.strip() and drawable(found, self.script):
                return found

    def running_text(self, characters: int) -> str:
        """Start of one line as written; Greek is sometimes made polytonic, Fraktur old."""
        words = self.chance.choice(self.lines).split()
        piece = " ".join(words)[:characters]
        piece = piece if len(words) == 1 else piece.rpartition(" ")[0] or piece
        if self.script.name == "Greek" and self.chance.random() < 0.3:
            piece = polytonic(piece, self.chance)
        if self.script.name == "Fraktur":
            piece = old_print(piece, self.chance)
        return piece if drawable(piece, self.script) else ""

    def _piece(self, characters: int) -> str:
        roll = self.chance.random()
        if roll < 0.05 and self.letters and not self.script.jamo:
            return self._random_letters(characters)
        if roll < 0.09:
            return " ".join(number(self.chance) for _ in range(1 + characters // 8))
        words: list[str] = []
        while sum(map(len, words)) + len(words) <= characters:
            words += self.chance.choice(self.lines).split()
            if roll < 0.7:
                break
        start = self.chance.randrange(max(1, len(words) - 2))
        piece = " ".join(words[start:])
        return piece[:characters].rpartition(" ")[0] or piece[:characters]

    def _random_letters(self, characters: int) -> str:
        """Random words, so that rare letters occur, and letters have unusual neighbours."""
        words = []
        while sum(map(len, words)) < characters:
            count = self.chance.randint(1, 7)
            word = "".join(self.chance.choices(self.letters, k=count))
            words.append(self.chance.choice((word, word.lower(), word.title(), word)))
        return " ".join(words)

    def _varied(self, text: str) -> str:
        if self.script.name == "Fraktur":
            # Never in capitals: Fraktur is not set in capitals only.
            text = old_print(text, self.chance)
        else:
            text = self._in_capitals(text)
        if self.script.name == "Greek" and self.chance.random() < 0.45:
            text = polytonic(text, self.chance)
        if self.script.name == "Cyrillic" and self.chance.random() < 0.05:
            text = text.replace("е", "ѣ", 2).replace("ни", "нi").replace("i", "і")
        if self.script.name == "Symbols" and self.chance.random() < 0.75:
            text = with_symbols(text, self.chance)
        if self.chance.random() < 0.12:
            text = self._with_symbols(text)
        return unicodedata.normalize("NFC", text)

    def _in_capitals(self, text: str) -> str:
        roll = self.chance.random()
        if roll < 0.08:
            return text.upper()
        return text.title() if roll < 0.11 else text

    def _with_symbols(self, text: str) -> str:
        """The text with a bullet, quotes, a trailing hyphen or other symbols at one word."""
        words = text.split() or [text]
        at = self.chance.randrange(len(words))
        form = self.chance.choice(
            ("• {}", "– {}", "{}-", "«{}»", "„{}“", "“{}”", "‘{}’", "({})", "[{}]", "{}…", "{}:",
             "{}/", "#{}", "${}", "{} x 2", "{}!", "{}?", "{} = {}", "{} + {}", "№ {}", "{}®")
        )  # fmt: skip
        words[at] = form.format(words[at], words[at])
        if self.chance.random() < 0.2:
            words.insert(at, self.chance.choice(SYMBOLS))
        return " ".join(words)


def polytonic(text: str, chance: random.Random) -> str:
    """Greek with breathings on initial vowels, and graves or circumflexes for some acutes."""
    return " ".join(_polytonic_word(word, chance) for word in text.split(" "))


def _polytonic_word(word: str, chance: random.Random) -> str:
    parts = list(unicodedata.normalize("NFD", word))
    first = next((at for at, each in enumerate(parts) if each.isalpha()), None)
    if first is not None and parts[first].lower() in VOWELS:
        # A diphthong carries its breathing on the second vowel.
        following = parts[first + 1].lower() if first + 1 < len(parts) else ""
        at = first + 1 if following in ("ι", "υ") and following != "" else first
        parts.insert(at + 1, chance.choice(BREATHINGS[0] * 3 + BREATHINGS[1]))
    for at, each in enumerate(parts):
        if each == ACUTE:
            vowel = next(p.lower() for p in reversed(parts[:at]) if p.isalpha())
            long = CIRCUMFLEX if vowel in "αηιυω" and "\u0308" not in parts else ACUTE
            parts[at] = chance.choice((ACUTE, GRAVE, long))
    if parts[-1] in ("ω", "η", "α") and chance.random() < 0.08:
        parts.append(IOTA)
    return unicodedata.normalize("NFC", "".join(parts))
