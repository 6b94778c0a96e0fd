"""Running text and words of the scripts, from unpacked Debian packages and wordfreq.

python -m training.texts PACKAGES FOLDER

Writes FOLDER/SCRIPT.train.txt and FOLDER/SCRIPT.held.txt, a line of text each: held-out lines come
from files, or entries of catalogues, of which training sees nothing.
"""

from __future__ import annotations

import argparse
import gettext
import gzip
import html
import random
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from .encoding import drawable
from .scripts import ENGLISH, SCRIPTS, Script

HELD_OUT = 20  # one in this many files or entries
LONGEST = 400
# Most frequent words of a language, or sampled words of a dictionary.
WORDS = 30_000
MOST_LINES = 60_000
TAGS = re.compile(r"<(script|style|head).*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
# The Armenian full stop looks like a colon and is often typed as one.
ARMENIAN_STOP = re.compile("(?<=[ա-և]):")
# A text in a Mozilla language pack, after its name or on a continuation line; placeholders.
MESSAGE = re.compile(
    r'^(?:<!ENTITY\s+\S+\s+"|[^=\n]*=|[ ]+)[ ]*([^\n"]+?)\s*(?:">)?$', re.MULTILINE
)
FILLED_IN = re.compile(r"\{[^}]*\}|<[^>]*>|%\d?\$?[Sd]|\\[nu]\w{0,4}")
ROFF = re.compile(r"\\f[A-Z\[(]\w*\]?|\\[&%:/,|^0]|\\\(..|\\[*\[].*?\]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--script", default="", help="only this one")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for script in (*SCRIPTS.values(), ENGLISH):
        if arguments.script in ("", script.name):
            _write(script, arguments.packages, arguments.folder)


def _write(script: Script, packages: Path, folder: Path) -> None:
    chance = random.Random(script.name)
    parts: dict[bool, dict[str, None]] = {False: {}, True: {}}
    for held, line in [*_running(script, packages), *_word_lines(script, packages, chance)]:
        if line not in parts[not held] and _is_wanted(line, script):
            parts[held][line] = None
    for held, lines in parts.items():
        chosen = list(lines)
        chance.shuffle(chosen)
        name = "held" if held else "train"
        limit = MOST_LINES // 20 if held else MOST_LINES
        text = "\n".join(chosen[:limit])
        (folder / f"{script.name}.{name}.txt").write_text(text + "\n", encoding="utf-8")
        print(f"{script.name} {name}: {min(limit, len(chosen))} of {len(chosen)} lines")


def _is_wanted(line: str, script: Script) -> bool:
    """Whether a line is sufficiently in the script: help texts quote many English names."""
    letters = [each for each in line if each.isalpha()]
    if not letters or not drawable(line, script):
        return False
    if script is ENGLISH or script.faces or script.name == "Symbols":
        return True
    if script.name == "Vietnamese":
        return any(each in script.letters and not each.isascii() for each in letters)
    own = sum(not each.isascii() for each in letters)
    return 3 * own >= len(letters)


def _running(script: Script, packages: Path) -> Iterator[tuple[bool, str]]:
    for package in script.packages:
        for path in sorted((packages / package).rglob("*")):
            if path.is_file() and "/doc/" not in str(path).replace("/usr/share/doc/debian", ""):
                yield from _lines_of(path)


def _lines_of(path: Path) -> Iterator[tuple[bool, str]]:
    """Lines of one file, each with a flag whether it is held out."""
    if path.suffix == ".mo":
        with path.open("rb") as file:
            entries = gettext.GNUTranslations(file)._catalog.values()  # type: ignore[attr-defined]
        for entry in entries:
            for line in _cleaned(str(entry).replace("~", "").replace("_", "")):
                yield _is_held(line), line
    elif path.suffix == ".xpi":
        for entry in _messages(path):
            for line in _cleaned(entry):
                yield _is_held(line), line
    elif text := _text_of(path):
        held = _is_held(path.name)
        for line in _cleaned(text):
            yield held, line


def _messages(path: Path) -> Iterator[str]:
    """Texts of a Mozilla language pack: Fluent, properties and entities."""
    with zipfile.ZipFile(path) as pack:
        for name in pack.namelist():
            if name.endswith((".ftl", ".properties", ".dtd")):
                text = pack.read(name).decode("utf-8", errors="ignore")
                yield from (FILLED_IN.sub(" ", each) for each in MESSAGE.findall(text))


def _text_of(path: Path) -> str:
    if path.suffix in (".html", ".xhtml"):
        return html.unescape(TAGS.sub("\n", path.read_text("utf-8", errors="ignore")))
    if path.suffix == ".gz" and "/man/" in str(path):
        page = gzip.decompress(path.read_bytes()).decode("utf-8", errors="ignore")
        lines = [line for line in page.split("\n") if not line.startswith((".", "'"))]
        return ROFF.sub("", "\n".join(lines)).replace("\\-", "-")
    if "/fortunes/" in str(path) and path.suffix in ("", ".u8"):
        return path.read_bytes().decode("utf-8", errors="ignore")
    return ""


def _cleaned(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        line = ARMENIAN_STOP.sub("։", " ".join(paragraph.split())).replace("\u2024", ".")
        if len(line) >= 2:
            yield line[:LONGEST]


def _word_lines(
    script: Script, packages: Path, chance: random.Random
) -> Iterator[tuple[bool, str]]:
    """Lines of random words, for scripts with too little running text."""
    from wordfreq import top_n_list

    lists = [top_n_list(code, WORDS) for code in script.words]
    for package in script.word_lists:
        files = {path.resolve() for path in (packages / package).rglob("*.dic")}
        lists += [_dictionary(path) for path in sorted(files)]
    for words in lists:
        kept = [word for word in words if drawable(word, script)]
        groups = {held: [w for w in kept if _is_held(w) == held] for held in (False, True)}
        for held, group in groups.items():
            for _ in range(len(group)):
                yield held, _phrase(group, chance)


def _dictionary(path: Path) -> list[str]:
    rules = path.with_suffix(".aff").read_bytes()
    encoding = re.search(rb"^SET (\S+)", rules, re.MULTILINE)
    text = path.read_text(encoding[1].decode() if encoding else "utf-8", errors="ignore")
    entries = text.split("\n")[1:]
    words = [entry.partition("/")[0].strip() for entry in entries]
    return random.Random(path.name).sample(words, min(WORDS, len(words)))


def _phrase(words: list[str], chance: random.Random) -> str:
    """Random words, the frequent ones more often, with punctuation and numbers."""
    count = chance.randint(1, 10)
    # The square of a uniform random number is mostly near 0, where the frequent words are.
    picked = [words[int(len(words) * chance.random() ** 2)] for _ in range(count)]
    for at in range(count):
        if chance.random() < 0.12:
            picked[at] += chance.choice(",.;:!?")
        elif chance.random() < 0.05:
            picked[at] = chance.choice(("({})", "«{}»", "“{}”", '"{}"')).format(picked[at])
        elif chance.random() < 0.05:
            picked[at] = number(chance)
    return " ".join(picked)


def number(chance: random.Random) -> str:
    """A random amount, date, share or code."""
    forms = ("{:d}", "{:.2f}", "{:d}%", "{:d}.", "№ {:d}", "{:d}-A", "${:d}", "{:d} €", "({:d})")
    if chance.random() < 0.3:
        day, month, year = chance.randint(1, 31), chance.randint(1, 12), chance.randint(1900, 2030)
        return chance.choice((f"{day:02}.{month:02}.{year}", f"{day}/{month}/{year}"))
    form = chance.choice(forms)
    value = chance.randint(0, 10 ** chance.randint(1, 5))
    return form.format(value / 100 if "f}" in form else value)


def _is_held(name: str) -> bool:
    return zlib.crc32(name.encode()) % HELD_OUT == 0


if __name__ == "__main__":
    main()
