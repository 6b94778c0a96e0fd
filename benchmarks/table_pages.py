"""Pages with tables of known cells in many styles, printed to PDF by Chromium.

    python -m benchmarks.table_pages FOLDER [--count 60]

Writes NAME.pdf, and NAME.json with the cells of each table as [row, column, row_span, column_span,
text]. A page depends only on its number.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from .table_texts import AMOUNTS, Language, languages, paragraph

Cell = tuple[int, int, int, int, str]

LINE = "1px solid #222"
# CSS of each style of ruling.
RULINGS = {
    "ruled": f"td,th{{border:{LINE}}}",
    "dashed": "td,th{border:1px dashed #555}",
    "double": "table{border:3px double #000} td,th{border:1px solid #000}",
    "thin_gray": "td,th{border:0.5px solid #bbb}",
    "inner_rules": (
        f"td+td,th+th,td+th,th+td{{border-left:{LINE}}} "
        f"tbody>tr>*{{border-top:{LINE}}} thead>tr+tr>*{{border-top:{LINE}}}"
    ),
    "rows_only": f"tr>*{{border-bottom:{LINE}}}",
    "columns_only": f"td+td,th+th,th+td{{border-left:{LINE}}} thead{{border-bottom:{LINE}}}",
    "booktabs": (
        "table{border-top:2px solid #000;border-bottom:2px solid #000} "
        f"thead{{border-bottom:{LINE}}}"
    ),
    "heading_rule": f"thead{{border-bottom:{LINE}}}",
    "zebra": "tbody tr:nth-child(odd){background:#e4e9f2} thead{background:#345;color:#fff}",
    "heading_band": "thead{background:#ccd6ee}",
    "white_gaps": (
        "table{border-collapse:separate!important;border-spacing:2px} td,th{background:#e8eef4}"
    ),
    "borderless": "",
}
TURNS = ("rotate(90deg) translate(0,-174mm)", "rotate(-90deg) translate(-240mm,0)")


@dataclass(frozen=True)
class MadePage:
    """tables: cells of each table in reading order. style: key of RULINGS."""

    name: str
    style: str
    html: str
    tables: tuple[tuple[Cell, ...], ...]


def make_page(number: int) -> MadePage:
    chance = random.Random(number)
    style = list(RULINGS)[number % len(RULINGS)]
    language = chance.choices(languages(), weights=[each.weight for each in languages()])[0]
    arrangement = chance.choice(("single", "single", "single", "two", "side_by_side", "turned"))
    count = 1 if arrangement in ("single", "turned") else 2
    columns = (2, 5) if arrangement == "side_by_side" else (3, 8)
    made = [_table(chance, language, style, columns, arrangement) for _ in range(count)]
    body = _arranged(chance, language, arrangement, [html for html, _ in made])
    html = _document(chance, language, style, body)
    name = f"{number:03}-{style}-{arrangement}-{language.code}"
    return MadePage(name, style, html, tuple(cells for _, cells in made))


def _table(
    chance: random.Random,
    language: Language,
    style: str,
    columns: tuple[int, int],
    arrangement: str,
) -> tuple[str, tuple[Cell, ...]]:
    width = chance.randint(*columns)
    cells = list(_heading(chance, language, width))
    depth = max(row + rows for row, _, rows, _, _ in cells)
    body = chance.randint(3, 9 if arrangement == "side_by_side" else 16)
    kinds = [chance.choice(AMOUNTS) for _ in range(width)]
    empty = chance.choice((0.0, 0.0, 0.1, 0.25))
    wrapped = chance.random() < 0.35
    grouped = chance.random() < 0.25
    for row in range(depth, depth + body):
        label = language.label(chance, long=wrapped and chance.random() < 0.4)
        if grouped and chance.random() < 0.2 and row < depth + body - 1:
            cells.append((row, 0, 1, 1, label))
            cells += [(row, column, 1, 1, "") for column in range(1, width)]
            continue
        cells.append((row, 0, 1, 1, label))
        for column in range(1, width):
            text = "" if chance.random() < empty else kinds[column](chance, language)
            cells.append((row, column, 1, 1, text))
    return _html(cells, depth, _widths(chance, wrapped)), tuple(cells)


def _heading(chance: random.Random, language: Language, width: int) -> Iterator[Cell]:
    """Cells of one header row, or of two with spanning headers."""
    if width < 5 or chance.random() < 0.6:
        for column in range(width):
            yield 0, column, 1, 1, language.head(chance)
        return
    yield 0, 0, 2, 1, language.head(chance)
    column = 1
    while column < width:
        span = min(chance.choice((1, 2, 2, 3)), width - column)
        if span == 1:
            yield 0, column, 2, 1, language.head(chance)
        else:
            yield 0, column, 1, span, language.head(chance)
            for below in range(column, column + span):
                yield 1, below, 1, 1, language.head(chance, short=True)
        column += span


def _widths(chance: random.Random, wrapped: bool) -> str:
    first = chance.choice(("max-width:9em", "width:11em;max-width:11em")) if wrapped else ""
    padding = chance.choice(("1px 5px", "2px 8px", "4px 10px", "6px 14px", "0 7px"))
    width = chance.choice(("", "", "width:100%"))
    valign = chance.choice(("top", "middle", "bottom"))
    align = chance.choice(("right", "center", "right", "left"))
    return f"{first}|{padding}|{width}|{valign}|{align}"


def _html(cells: list[Cell], depth: int, look: str) -> str:
    first, padding, width, valign, align = look.split("|")
    rows: dict[int, list[str]] = {}
    for row, column, row_span, column_span, text in sorted(cells):
        tag = "th" if row < depth else "td"
        css = f"padding:{padding};vertical-align:{valign};"
        own = "center" if column_span > 1 else align
        css += f"text-align:start;{first}" if column == 0 else f"text-align:{own}"
        spans = f' rowspan="{row_span}"' if row_span > 1 else ""
        spans += f' colspan="{column_span}"' if column_span > 1 else ""
        rows.setdefault(row, []).append(f'<{tag}{spans} style="{css}">{escape(text)}</{tag}>')
    lines = [f"<tr>{''.join(rows[row])}</tr>" for row in sorted(rows)]
    return (
        f'<table style="{width}"><thead>{"".join(lines[:depth])}</thead>'
        f"<tbody>{''.join(lines[depth:])}</tbody></table>"
    )


def _arranged(
    chance: random.Random, language: Language, arrangement: str, tables: list[str]
) -> str:
    before, after = paragraph(chance, language), paragraph(chance, language)
    caption = f"<p class=caption>{escape(language.caption(chance))}</p>"
    note = f"<p class=note>{escape(language.note(chance))}</p>"
    if arrangement == "side_by_side":
        pair = "".join(f"<div>{table}</div>" for table in tables)
        return f"<p>{before}</p><div class=pair>{pair}</div><p>{after}</p>"
    if arrangement == "turned":
        return f"<div class=turned>{caption}{tables[0]}{note}</div>"
    middle = f"<p>{after}</p>".join(f"{caption}{table}{note}" for table in tables)
    return f"<h2>{escape(language.caption(chance))}</h2><p>{before}</p>{middle}<p>{after}</p>"


def _document(chance: random.Random, language: Language, style: str, body: str) -> str:
    font = chance.choice(("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Condensed"))
    size = chance.choice((7, 8, 9, 10))
    return f"""<!doctype html><html dir="{language.direction}"><meta charset="utf-8"><style>
@page{{size:A4;margin:18mm}} body{{font:{size}pt '{font}';margin:0}}
p{{text-align:justify}} .caption{{font-weight:bold;margin:1em 0 .4em}} .note{{font-size:80%}}
table{{border-collapse:collapse}} th{{font-weight:{chance.choice(("bold", "normal"))}}}
.pair{{display:flex;gap:{chance.choice((24, 40))}px}}
.turned{{position:absolute;left:0;top:0;width:235mm;transform-origin:top left;
transform:{chance.choice(TURNS)}}}
{RULINGS[style]}</style><body>{body}</body></html>"""


def write(page: MadePage, browser: Any, folder: Path) -> None:
    tab = browser.new_page()
    tab.set_content(page.html)
    tab.pdf(path=folder / f"{page.name}.pdf", prefer_css_page_size=True, print_background=True)
    tab.close()
    (folder / f"{page.name}.json").write_text(json.dumps(page.tables, ensure_ascii=False))


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=arguments.chromium)
        for number in range(arguments.count):
            write(make_page(number), browser, arguments.folder)
        browser.close()


if __name__ == "__main__":
    main()
