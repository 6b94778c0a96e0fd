"""Steps that undo edits of a page: the earlier state of the blocks that an edit changed.

Blocks are those of app.ocr.tree. A step within one block has only the lines or cells that differ,
so that many steps of a page with one large table stay small.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import Any

# Limits of the steps stored for a page.
MOST_STEPS, MOST_CHARACTERS = 200, 500_000

Blocks = list[dict[str, Any]]
Step = dict[str, Any]


def make_step(old: Blocks, new: Blocks, group: str) -> Step:
    """The step from the new blocks back to the old ones. size: in characters of JSON."""
    run = _run(old, new)
    start, count = run["at"], run["count"]
    within = None
    if count == 1 == len(run["before"]):
        within = _within(run["before"][0], new[start])
    step = {"group": group, "at": start, **within} if within else {"group": group, **run}
    return {**step, "size": len(json.dumps(step))}


def undone(blocks: Blocks, step: Step) -> Blocks:
    """The blocks as they were before the edit."""
    changed = list(blocks)
    if part := step.get("part"):
        block = changed[step["at"]]
        changed[step["at"]] = {**block, part: _replaced(block[part], step["run"])}
        return changed
    return _replaced(changed, step)


def newest(steps: Sequence[Step]) -> list[Step]:
    """The last steps, as many as may be stored."""
    sizes = accumulate(step["size"] for step in reversed(steps))
    count = min(MOST_STEPS, sum(1 for size in sizes if size <= MOST_CHARACTERS))
    return list(steps[len(steps) - count :])


def _within(old: dict[str, Any], new: dict[str, Any]) -> Step | None:
    """The lines or cells that differ; None if anything else differs."""
    for part in ("lines", "cells"):
        if part in old and part in new and old == {**new, part: old[part]}:
            return {"part": part, "run": _run(old[part], new[part])}
    return None


def _run(old: Sequence[Any], new: Sequence[Any]) -> dict[str, Any]:
    """The run that differs: its start, its new length, and the old items."""
    start = _same(zip(old, new, strict=False))
    most = min(len(old), len(new)) - start
    end = min(most, _same(zip(reversed(old), reversed(new), strict=False)))
    return {"at": start, "count": len(new) - end - start, "before": old[start : len(old) - end]}


def _same(pairs: zip[tuple[Any, Any]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _replaced(items: list[Any], run: dict[str, Any]) -> list[Any]:
    return [*items[: run["at"]], *run["before"], *items[run["at"] + run["count"] :]]
