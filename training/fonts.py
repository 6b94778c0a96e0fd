"""Font files of each script, divided into those for training and held-out ones.

python -m training.fonts PACKAGES FOLDER

Copies the files to FOLDER/files, and lists those that have a script's letters in
FOLDER/SCRIPT.train.txt and FOLDER/SCRIPT.held.txt.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from .scripts import SCRIPTS, Script

SUFFIXES = (".ttf", ".otf")
# Families that are kept for evaluation, some for each script.
HELD_OUT = tuple(
    "PTS PTF Carlito Vollkorn GFSDidot-Regular Galatia Comfortaa NanumBarunGothic UnBatang"
    " HakgyoansimWoojuR David Miriam Amiri- NotoNaskhArabic KacstBook Sahadeva NotoSerifDevanagari"
    " Lohit-Marathi Norasi Loma NotoSerifGeorgian BPG_Nino Montserrat Cantarell"
    " NotoSerifArmenian damase UnifrakturCook yswab"
    " BadScript Caveat_ CedarvilleCursive DawningofaNewDay HomemadeApple IndieFlower Kalam"
    " LaBelleAurore NothingYouCouldDo ReenieBeanie Sacramento ShadowsIntoLight_ Zeyada".split()
)
# Faces that resemble old print, unlike modern ones, are used more often.
TYPICAL, TIMES = ("UnifrakturMaguntia", "yfrak", "QTFraktur"), 3
# Limit per family, since its weights and widths hardly differ.
MOST_OF_FAMILY = 4
# Larger files, in bytes, are mostly Chinese characters.
LARGEST = 6_000_000
# Faces without text letters, or that no document uses.
LEFT_OUT = ("Emoji", "Symbol", "Music", "Dingbat", "Ornament", "Initials", "Keyboard", "Outline")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    found = {
        path: _letters(path)
        for path in sorted(arguments.packages.rglob("*"))
        if path.suffix.lower() in SUFFIXES and path.is_file()
    }
    for script in SCRIPTS.values():
        _copy(script, found, arguments.folder)


def _copy(script: Script, found: dict[Path, set[int]], folder: Path) -> None:
    families: dict[str, int] = {}
    names: dict[str, list[str]] = {"train": [], "held": []}
    (folder / "files").mkdir(parents=True, exist_ok=True)
    for path, letters in found.items():
        if any(word in path.name for word in LEFT_OUT) or not _draws(path, letters, script):
            continue
        family = path.stem.partition("-")[0]
        families[family] = families.get(family, 0) + 1
        if families[family] > MOST_OF_FAMILY or path.stat().st_size > LARGEST:
            continue
        times = TIMES if path.name.startswith(TYPICAL) else 1
        names["held" if path.name.startswith(HELD_OUT) else "train"] += [path.name] * times
        shutil.copyfile(path, folder / "files" / path.name)
    for part, chosen in names.items():
        lines = "\n".join(chosen) + "\n"
        (folder / f"{script.name}.{part}.txt").write_text(lines, encoding="utf-8")
        print(script.name, part, len(chosen))


def _draws(path: Path, letters: set[int], script: Script) -> bool:
    of_typeface = any(each.has_face(path) for each in SCRIPTS.values() if each.faces)
    if of_typeface != bool(script.faces) or (script.faces and not script.has_face(path)):
        return False
    return all(ord(each) in letters for each in script.sample)


def _letters(path: Path) -> set[int]:
    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            return set(font.getBestCmap() or ())
    except (TTLibError, AssertionError, KeyError):
        return set()


if __name__ == "__main__":
    main()
