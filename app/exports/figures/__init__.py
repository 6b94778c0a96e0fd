"""Names of figures' pictures in a ZIP.

Separate from the exporter, so that web processes load no image decoder.
"""

from __future__ import annotations

import re

NAME = re.compile(r"page-(\d+)-figure-(\d+)\.(?:jpg|png)")


def figure_name(page: int, number: int, *, lossless: bool) -> str:
    """File name of a figure. number: from 1, of the page's figures from the top."""
    return f"page-{page:04}-figure-{number}.{'png' if lossless else 'jpg'}"


def figure_place(name: str) -> tuple[int, int]:
    """Page and figure number from a file name. Raises ValueError for any other name."""
    found = NAME.fullmatch(name)
    if found is None:
        raise ValueError(name)
    return int(found[1]), int(found[2])
