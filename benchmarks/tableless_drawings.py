"""Drawings in SVG with words in rows and columns that are not the cells of a table."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from .table_texts import Language

WIDTH, HEIGHT = 640, 360
Draw = Callable[[random.Random, Language], str]


def bar_chart(chance: random.Random, language: Language) -> str:
    """Bars above their names, values on the left, a grid and a legend or none of them."""
    count = chance.randint(3, 9)
    step = 540 / count
    values = [chance.uniform(0.1, 1) for _ in range(count)]
    bars = []
    for at, value in enumerate(values):
        left, tall = 60 + step * at, 260 * value
        bars.append(_box(left + 0.15 * step, 300 - tall, 0.7 * step, tall, fill="#47a"))
        bars.append(_text(left + step / 2, 318, _word(chance, language), anchor="middle"))
        if count < 7:
            bars.append(_text(left + step / 2, 294 - tall, f"{100 * value:.1f}", anchor="middle"))
    return _svg(_axes(chance) + "".join(bars) + _legend(chance, language, 60))


def sideways_bar_chart(chance: random.Random, language: Language) -> str:
    """Names on the left, bars to the right of them, values at the ends of the bars."""
    parts = []
    for at in range(chance.randint(4, 10)):
        top, long = 30 + 30 * at, chance.uniform(40, 380)
        parts.append(_text(140, top + 14, language.label(chance), anchor="end"))
        parts.append(_box(150, top, long, 18, fill="#583"))
        parts.append(_text(156 + long, top + 14, f"{long / 4:.1f} %"))
    return _svg("".join(parts))


def line_chart(chance: random.Random, language: Language) -> str:
    """Lines over years, with a grid and a legend."""
    parts = [_axes(chance)]
    for _ in range(chance.randint(1, 3)):
        points = " ".join(f"{60 + 60 * at},{300 - chance.uniform(20, 250):.0f}" for at in range(10))
        parts.append(f'<polyline points="{points}" fill="none" stroke="#a33" stroke-width="2"/>')
    parts += [_text(60 + 60 * at, 318, str(2010 + at), anchor="middle") for at in range(10)]
    return _svg("".join(parts) + _legend(chance, language, 400))


def pie_chart(chance: random.Random, language: Language) -> str:
    """Sectors with shares in them and a legend on the right."""
    count = chance.randint(3, 7)
    edges = sorted(chance.uniform(0, 2 * math.pi) for _ in range(count))
    parts = ['<circle cx="170" cy="180" r="140" fill="#9bd" stroke="#000"/>']
    for edge in edges:
        x, y = 170 + 140 * math.cos(edge), 180 + 140 * math.sin(edge)
        parts.append(_line(170, 180, x, y))
        middle = edge + 0.3
        share = f"{chance.uniform(3, 40):.0f} %"
        parts.append(_text(150 + 90 * math.cos(middle), 180 + 90 * math.sin(middle), share))
    for at in range(count):
        parts.append(_box(370, 60 + 26 * at, 12, 12, fill=f"hsl({50 * at},60%,55%)"))
        parts.append(_text(390, 71 + 26 * at, language.label(chance)))
    return _svg("".join(parts))


def place_map(chance: random.Random, language: Language) -> str:
    """Names of places beside dots, coasts and roads, and a grid of coordinates."""
    parts = []
    for _ in range(4):
        x, y = chance.uniform(50, 500), chance.uniform(40, 300)
        curve = " ".join(f"{chance.uniform(-150, 150):.0f}" for _ in range(6))
        parts.append(f'<path d="M{x:.0f} {y:.0f} c{curve}" fill="none" stroke="#777"/>')
    if chance.random() < 0.6:
        parts += [_line(x, 0, x, HEIGHT, "#ccc") for x in range(80, WIDTH, 140)]
        parts += [_line(0, y, WIDTH, y, "#ccc") for y in range(60, HEIGHT, 100)]
        parts += [_text(x + 2, 12, f"{x // 10}°E") for x in range(80, WIDTH, 140)]
    for _ in range(chance.randint(12, 30)):
        x, y = chance.uniform(10, 560), chance.uniform(30, 350)
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3"/>')
        parts.append(_text(x + 6, y + 4, _word(chance, language).capitalize()))
    return _svg("".join(parts))


def organisation_chart(chance: random.Random, language: Language) -> str:
    """Boxes in levels, joined by lines."""
    parts, width = [], 120
    above: list[float] = []
    for level, count in enumerate((1, chance.randint(2, 4), chance.randint(3, 5))):
        top = 20 + 115 * level
        middles = [WIDTH * (at + 0.5) / count for at in range(count)]
        for middle in middles:
            parts.append(_framed(middle - width / 2, top, width, 60, language.label(chance)))
            if level:
                parts.append(_line(middle, top - 25, middle, top))
        if level:
            parts.append(_line(min(middles + above), top - 25, max(middles + above), top - 25))
            parts += [_line(middle, top - 55, middle, top - 25) for middle in above]
        above = middles
    return _svg("".join(parts))


def flow_diagram(chance: random.Random, language: Language) -> str:
    """Boxes in rows with arrows between them."""
    parts = []
    columns, rows = chance.randint(2, 4), chance.randint(2, 4)
    for row in range(rows):
        for column in range(columns):
            x, y = 20 + 155 * column, 15 + 85 * row
            parts.append(_framed(x, y, 115, 50, language.label(chance)))
            if column < columns - 1:
                parts.append(_arrow(x + 115, y + 25, x + 155, y + 25))
            if row < rows - 1 and chance.random() < 0.7:
                parts.append(_arrow(x + 57, y + 50, x + 57, y + 85))
    return _svg("".join(parts))


def dashboard(chance: random.Random, language: Language) -> str:
    """Tiles with a name, a large number and a change."""
    parts = []
    ground = chance.choice(("#f0f4f8", "none", "#e8eef4"))
    edge = "#bbb" if ground == "none" else chance.choice(("none", "#bbb"))
    columns = chance.randint(2, 4)
    width = WIDTH / columns - 12
    for row in range(chance.randint(1, 3)):
        for column in range(columns):
            x, y = 6 + (width + 12) * column, 6 + 112 * row
            parts.append(_box(x, y, width, 100, fill=ground, stroke=edge))
            parts.append(_text(x + 12, y + 24, language.label(chance)[:18]))
            parts.append(_text(x + 12, y + 62, f"{chance.uniform(1, 900):.1f}", size=30))
            parts.append(_text(x + 12, y + 86, f"{chance.uniform(-9, 9):+.1f} %", size=10))
    return _svg("".join(parts))


def sheet_music(chance: random.Random, language: Language) -> str:
    """Staves with notes, bar lines and syllables below."""
    parts = []
    for system in range(3):
        top = 30 + 110 * system
        parts += [_line(10, top + 8 * line, 630, top + 8 * line) for line in range(5)]
        parts += [_line(x, top, x, top + 32) for x in (10, 165, 320, 475, 630)]
        for at in range(16):
            x, y = 30 + 38 * at, top + chance.randrange(0, 36, 4)
            parts.append(f'<ellipse cx="{x}" cy="{y}" rx="5" ry="4"/>')
            parts.append(_line(x + 5, y, x + 5, y - 26))
            parts.append(_text(x - 8, top + 58, _word(chance, language)[:3]))
    return _svg("".join(parts))


def _axes(chance: random.Random) -> str:
    parts = [_line(60, 300, 610, 300), _line(60, 30, 60, 300)]
    grid = chance.random() < 0.6
    for at in range(6):
        y = 300 - 50 * at
        parts.append(_text(52, y + 4, str(20 * at), anchor="end"))
        parts += [_line(60, y, 610, y, "#bbb")] if grid else []
    return "".join(parts)


def _legend(chance: random.Random, language: Language, left: int) -> str:
    if chance.random() < 0.4:
        return ""
    names = [language.label(chance) for _ in range(chance.randint(2, 3))]
    return "".join(
        _box(left + 180 * at, 338, 12, 12, fill="#47a") + _text(left + 18 + 180 * at, 348, name)
        for at, name in enumerate(names)
    )


def _word(chance: random.Random, language: Language) -> str:
    return chance.choice(language.words)


def _framed(x: float, y: float, width: float, height: float, label: str) -> str:
    """A box with at most two centred lines of text."""
    words = label.split()
    lines = [words[0], " ".join(words[1:])] if len(words) > 1 else words
    texts = [
        _text(
            x + width / 2, y + height / 2 + 14 * at - (4 if len(lines) > 1 else -4), line, "middle"
        )
        for at, line in enumerate(lines)
    ]
    return _box(x, y, width, height, stroke="#000") + "".join(texts)


def _svg(content: str) -> str:
    return f'<svg width="{WIDTH}" height="{HEIGHT}">{content}</svg>'


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 12) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f"<text {place}>{text}</text>"


def _line(x: float, y: float, right: float, bottom: float, color: str = "#000") -> str:
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{bottom:.1f}"'
    return f'<line {ends} stroke="{color}"/>'


def _arrow(x: float, y: float, right: float, bottom: float) -> str:
    if right > x:
        tip = f"{right - 8},{bottom - 4} {right},{bottom} {right - 8},{bottom + 4}"
    else:
        tip = f"{right - 4},{bottom - 8} {right},{bottom} {right + 4},{bottom - 8}"
    return _line(x, y, right, bottom) + f'<polygon points="{tip}"/>'


def _box(
    x: float, y: float, width: float, height: float, fill: str = "none", stroke: str = "none"
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {place} fill="{fill}" stroke="{stroke}"/>'
