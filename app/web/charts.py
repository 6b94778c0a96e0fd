"""Geometry of small charts, which templates/charts/ draws as SVG.

Series differ by pattern or dash as well as by colour, and each chart has its numbers in a table
behind it. Lengths are units of the view box: WIDTH x HEIGHT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

WIDTH, HEIGHT = 420, 200
LEFT, TOP, RIGHT, BOTTOM = 40, 10, 8, 24  # margins, for the numbers at the left and the days below
MOST_LABELS = 5
HALF_LABEL = 24  # of its width
MOST_SERIES = 4  # the number of patterns in the style sheets

Number = float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A column or a point. series: from 0. text: for the pointer."""

    x: float
    y: float
    width: float
    height: float
    series: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """ticks: (y, number) of the scale. labels: (x, text) below. lines: (series, points of SVG)."""

    names: list[str]
    ticks: list[tuple[float, str]]
    labels: list[tuple[float, str]]
    rows: list[tuple[str, list[str]]]
    columns: list[Mark] = field(default_factory=list)
    points: list[Mark] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.columns and not self.points


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a list with a bar. share: of the largest, 0 to 100."""

    name: str
    value: int
    share: float


def stacked_columns(labels: Sequence[str], series: dict[str, list[int]], *, rest: str) -> Chart:
    """One column for each label, one part of it for each series. rest: name of the sum of all
    series beyond four."""
    series = _few(series, rest)
    totals = [sum(values) for values in zip(*series.values(), strict=True)] or [0]
    top, step = _scale(max(totals)), _step(labels)
    marks, reached = [], [0] * len(labels)
    for index, (name, values) in enumerate(series.items()):
        for at, value in enumerate(values):
            if value:
                reached[at] += value
                y, height = _y(reached[at], top), _y(0, top) - _y(value, top)
                x, width = LEFT + (at + 0.12) * step, 0.76 * step
                marks.append(Mark(x, y, width, height, index, f"{labels[at]}, {name}: {value}"))
    return Chart(list(series), _ticks(top), _x_labels(labels), _rows(labels, series), columns=marks)


def lines(labels: Sequence[str], series: dict[str, list[Number]]) -> Chart:
    """A line for each series, with gaps where numbers are missing."""
    known = [value for values in series.values() for value in values if value is not None]
    top, step = _scale(max(known, default=0)), _step(labels)
    points, paths = [], []
    for index, (name, values) in enumerate(series.items()):
        path = []
        for at, value in enumerate(values):
            if value is None:
                continue
            x, y = LEFT + (at + 0.5) * step, _y(value, top)
            points.append(Mark(x, y, 0, 0, index, f"{labels[at]}, {name}: {_said(value)}"))
            path.append(f"{x:.1f},{y:.1f}")
        paths.append((index, " ".join(path)))
    return Chart(
        list(series),
        _ticks(top),
        _x_labels(labels),
        _rows(labels, series),
        points=points,
        lines=paths,
    )


def bars(entries: Sequence[tuple[str, int]]) -> list[Bar]:
    largest = max((value for _, value in entries), default=0)
    return [Bar(name, value, 100 * value / largest) for name, value in entries if largest]


def _few(series: dict[str, list[int]], rest: str) -> dict[str, list[int]]:
    if len(series) <= MOST_SERIES:
        return series
    first = dict(list(series.items())[: MOST_SERIES - 1])
    others = [values for name, values in series.items() if name not in first]
    return {**first, rest: [sum(values) for values in zip(*others, strict=True)]}


def _step(labels: Sequence[str]) -> float:
    return (WIDTH - LEFT - RIGHT) / max(1, len(labels))


def _scale(largest: float) -> float:
    """The top of the scale: 1, 2 or 5 times a power of ten, or more."""
    if largest <= 0:
        return 1
    unit: float = 10 ** floor(log10(largest))
    return unit * next(n for n in (1, 2, 5, 10) if largest <= n * unit)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top


def _ticks(top: float) -> list[tuple[float, str]]:
    return [(_y(value, top), _said(value)) for value in (0, top / 2, top)]


def _x_labels(labels: Sequence[str]) -> list[tuple[float, str]]:
    every, step = max(1, ceil(len(labels) / MOST_LABELS)), _step(labels)
    middles = (LEFT + (at + 0.5) * step for at in range(len(labels)))
    found = [(min(x, WIDTH - HALF_LABEL), text) for x, text in zip(middles, labels, strict=True)]
    return found[::-1][::every][::-1]  # the last one is today


def _rows(
    labels: Sequence[str], series: dict[str, list[int]] | dict[str, list[Number]]
) -> list[tuple[str, list[str]]]:
    """Newest first."""
    numbers = [[_said(values[at]) for values in series.values()] for at in range(len(labels))]
    return list(zip(labels, numbers, strict=True))[::-1]


def _said(value: Number) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")
