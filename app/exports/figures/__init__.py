"""Pictures of figures in a ZIP: their names.

Apart from their exporter, so that web processes load no decoder of pictures.
"""

from __future__ import annotations

import re

NAME = re.compile(r"page-(\d+)-figure-(\d+)\.(?:jpg|png)")


def figure_name(page: int, number: int, *, lossless: bool) -> str:
    """number: from 1, of the page's figures from the top."""
    return f"page-{page:04}-figure-{number}.{'png' if lossless else 'jpg'}"


def figure_place(name: str) -> tuple[int, int]:
    """The numbers of page and figure. Raises ValueError for a foreign name."""
    found = NAME.fullmatch(name)
    if found is None:
        raise ValueError(name)
    return int(found[1]), int(found[2])
