"""Pages without a table, printed to PDF by Chromium: drawings, lists, forms, code, formulas.

    python -m benchmarks.tableless_pages FOLDER [--count 5]

Writes KIND-NUMBER.pdf; a page depends only on its kind and number.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from html import escape
from pathlib import Path

from . import tableless_drawings as drawings
from .table_texts import Language, languages, paragraph

Make = Callable[[random.Random, Language], str]


def framed_code(chance: random.Random, language: Language) -> str:
    """A program with aligned assignments and comments, in a frame or on a tinted ground."""
    names = [chance.choice(language.words) for _ in range(chance.randint(8, 16))]
    lines = [f"def {names[0]}({names[1]}):"]
    for name in names[2:]:
        value = chance.choice((f"{chance.randint(1, 99)}", f'"{name}"', f"{names[1]}[{name!r}]"))
        comment = f"# {language.note(chance)[:24]}" if chance.random() < 0.4 else ""
        lines.append(f"    {name:<12} = {value:<20} {comment}".rstrip())
    look = chance.choice(("border:1px solid #444", "background:#eef", "border:1px solid #bbb"))
    return f'<pre style="{look};padding:8px">{escape(chr(10).join(lines))}</pre>'


def contents(chance: random.Random, language: Language) -> str:
    """Numbered titles with leaders or white space before rising page numbers."""
    page, rows = 1, []
    leader = chance.choice(("border-bottom:1px dotted #000", ""))
    numbered = chance.random() < 0.6
    for chapter in range(1, chance.randint(8, 18)):
        page += chance.randint(0, 9)
        number = f"{chapter}.{chance.randint(1, 4)}&emsp;" if numbered else ""
        rows.append(
            f'<div class=row><span>{number}{language.label(chance)}</span><span style="flex:1;'
            f'margin:0 6px;{leader}"></span><span>{page}</span></div>'
        )
    return "<h2>Contents</h2>" + "".join(rows)


def index(chance: random.Random, language: Language) -> str:
    """Catchwords with page numbers in two to four columns."""
    entries = []
    for word in sorted(chance.choices(language.words, k=70)):
        pages = ", ".join(str(chance.randint(1, 300)) for _ in range(chance.randint(1, 3)))
        entries.append(f"<div>{word}, {pages}</div>")
    return f'<h2>Index</h2><div style="columns:{chance.randint(2, 4)}">{"".join(entries)}</div>'


def addresses(chance: random.Random, language: Language) -> str:
    """Addresses side by side."""
    blocks = []
    for _ in range(chance.randint(2, 3)):
        lines = [
            _name(chance, language),
            f"{_name(chance, language)} Street {chance.randint(1, 90)}",
        ]
        lines.append(f"{chance.randint(10000, 99999)} {_name(chance, language)}")
        if chance.random() < 0.5:
            lines.append(f"Phone 0{chance.randint(10**6, 10**7)}")
        blocks.append(f"<div style='flex:1'>{'<br>'.join(lines)}</div>")
    return f"<div class=row>{''.join(blocks)}</div>"


def letterhead(chance: random.Random, language: Language) -> str:
    """A company's name, its details in three groups between rules, the address and a date."""
    groups = "".join(
        "<div style='flex:1'>" + "<br>".join(language.label(chance) for _ in range(3)) + "</div>"
        for _ in range(3)
    )
    return (
        f"<h1>{_name(chance, language)} Ltd</h1><div class=row style='border-top:1px solid;"
        f"border-bottom:1px solid;font-size:80%'>{groups}</div><br>{addresses(chance, language)}"
        f"<p style='text-align:right'>{chance.randint(1, 28)} March 2024</p>"
    )


def form(chance: random.Random, language: Language) -> str:
    """Labels with values or lines to write on, one or two a row."""
    rows = []
    line = '<span style="flex:1;border-bottom:1px solid #000;margin:0 12px"></span>'
    colon, filled = chance.choice((":", "")), chance.random() < 0.5
    for _ in range(chance.randint(5, 12)):
        fields = ""
        for _ in range(chance.randint(1, 2)):
            value = f'<span style="flex:1;margin:0 12px">{_name(chance, language)}</span>'
            fields += f"<span style='width:8em'>{language.label(chance)}{colon}</span>"
            fields += value if filled else line
        rows.append(f"<div class=row style='margin:8px 0'>{fields}</div>")
    return "".join(rows)


def equations(chance: random.Random, language: Language) -> str:
    """Equations aligned at their signs, numbered or not."""
    rows = []
    for number in range(1, chance.randint(4, 8)):
        left = chance.choice(("f(x)", "y", "a + b", "E", "∂u/∂t", ""))
        right = " + ".join(
            f"{chance.randint(2, 9)}<i>{chance.choice('xyzuv')}</i>"
            for _ in range(chance.randint(1, 4))
        )
        end = f"({number})" if chance.random() < 0.7 else ""
        rows.append(
            "<div class=row style='margin:6px 0'><span style='width:14em;text-align:right'>"
            f"<i>{left}</i></span><span style='flex:1'>&ensp;=&ensp;{right}</span>"
            f"<span>{end}</span></div>"
        )
    return "".join(rows)


def matrix(chance: random.Random, language: Language) -> str:
    """A matrix in brackets after its name."""
    size = chance.randint(2, 5)
    rows = "".join(
        "<div class=row>"
        + "".join(f"<span style='width:3em'>{chance.randint(-9, 99)}</span>" for _ in range(size))
        + "</div>"
        for _ in range(size)
    )
    bracket = "border-left:1.5px solid;border-right:1.5px solid;padding:0 6px;border-radius:6px"
    return (
        f"<div class=row style='align-items:center;margin-left:8em'><i>A</i>&ensp;=&ensp;"
        f"<div style='{bracket}'>{rows}</div></div>"
    )


def _name(chance: random.Random, language: Language) -> str:
    return chance.choice(language.words).capitalize()


def _drawn(draw: drawings.Draw) -> Make:
    def make(chance: random.Random, language: Language) -> str:
        frame = chance.choice(("", "border:1px solid #000;display:inline-block;padding:6px"))
        caption = f"<p>Figure {chance.randint(1, 9)}: {language.label(chance)}</p>"
        return f'<div style="{frame}">{draw(chance, language)}</div>{caption}'

    return make


KINDS: dict[str, Make] = {
    "bars": _drawn(drawings.bar_chart),
    "sideways-bars": _drawn(drawings.sideways_bar_chart),
    "lines": _drawn(drawings.line_chart),
    "pie": _drawn(drawings.pie_chart),
    "map": _drawn(drawings.place_map),
    "organisation": _drawn(drawings.organisation_chart),
    "flow": _drawn(drawings.flow_diagram),
    "dashboard": _drawn(drawings.dashboard),
    "music": _drawn(drawings.sheet_music),
    "code": framed_code,
    "contents": contents,
    "index": index,
    "addresses": addresses,
    "letterhead": letterhead,
    "form": form,
    "equations": equations,
    "matrix": matrix,
}


def make_page(kind: str, number: int) -> str:
    """The HTML of a page of English: the kind's content between two paragraphs."""
    chance = random.Random(f"{kind}{number}")
    language = languages()[0]
    before, after = paragraph(chance, language), paragraph(chance, language)
    font = chance.choice(("DejaVu Sans", "DejaVu Serif", "Liberation Serif"))
    return f"""<!doctype html><meta charset="utf-8"><style>@page{{size:A4;margin:18mm}}
body{{font:{chance.choice((9, 10, 11))}pt '{font}';margin:0}} .row{{display:flex}}
</style><p>{before}</p>{KINDS[kind](chance, language)}<p>{after}</p>"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=5, help="pages of each kind")
    parser.add_argument("--first", type=int, default=0, help="number of the first page")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=arguments.chromium)
        tab = browser.new_page()
        for kind in KINDS:
            for number in range(arguments.first, arguments.first + arguments.count):
                tab.set_content(make_page(kind, number))
                path = arguments.folder / f"{kind}-{number:03}.pdf"
                tab.pdf(path=path, prefer_css_page_size=True, print_background=True)
        browser.close()


if __name__ == "__main__":
    main()
