"""Charts that consist of filled rectangles: bars, stacked bars, tiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from app.ocr.layout.elements import Fill
from app.ocr.layout.reading_order.areas import holds
from app.ocr.layout.tables.ruled.drawings import clusters
from app.ocr.result import Bbox

from .page_text import PageText

# Bars are darker than tinted fields of a form or rows of a table.
DARK = 225
# Least number of bars in a chart, their largest distance (in line heights, or a bar's thickness),
# and the least share of them without text.
BARS, NEAR, BARE_SHARE = 3, 2.0, 0.6
# Thinner fills, in line heights, are rules.
THIN = 0.3
MOST_FILLS = 400


def bar_charts(fills: Sequence[Fill], text: PageText) -> list[Bbox]:
    """Areas of the bars; fills in tables are cells."""
    bars = [
        fill.bbox
        for fill in fills
        if fill.gray < DARK and min(fill.bbox.width, fill.bbox.height) > THIN * text.unit
    ]
    bars = sorted(bars, key=lambda bar: -bar.width * bar.height)[:MOST_FILLS]
    bars = [bar for bar in bars if not any(holds(table, bar) for table in text.tables)]
    if len(bars) < BARS:
        return []
    thick = median(min(bar.width, bar.height) for bar in bars)
    groups = clusters(bars, max(NEAR * text.unit, thick))
    return [Bbox.around(group) for group in groups if _is_chart(group, text.lines)]


def _is_chart(group: Sequence[Bbox], lines: Sequence[Bbox]) -> bool:
    bare = [bar for bar in group if not any(holds(bar, line) for line in lines)]
    if len(bare) < max(BARS, BARE_SHARE * len(group)):
        return False
    upright = Counter(bar.width for bar in bare).most_common(1)[0]
    lying = Counter(bar.height for bar in bare).most_common(1)[0]
    return _differ([bar.height for bar in bare if bar.width == upright[0]]) or _differ(
        [bar.width for bar in bare if bar.height == lying[0]]
    )


def _differ(lengths: Sequence[int]) -> bool:
    """Whether bars of one thickness differ in length, as in a chart. Blocks of a form or palette
    have one size, and sides of a frame come in pairs."""
    return len(lengths) >= BARS and len(set(lengths)) >= BARS
