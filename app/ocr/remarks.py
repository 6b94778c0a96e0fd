"""Remarks on what a page's text lacks, which stand after the explanation in `Page.reason`."""

from __future__ import annotations

from collections.abc import Iterator

BETWEEN = "; "
NOT_READ = "not read"
NO_SENSE = "the text could not be made out"
LITTLE_CONFIDENCE = "read with little confidence"
HANDWRITING = "check the handwriting"
LOST_TEXT = "some of its text could not be read"
BROKEN_PICTURE = "a picture on the page is damaged and is not shown"
ATTACHED = "attached files were not read"
REMARKS = (
    NOT_READ,
    NO_SENSE,
    LITTLE_CONFIDENCE,
    HANDWRITING,
    LOST_TEXT,
    BROKEN_PICTURE,
    ATTACHED,
)


def joined(*parts: str) -> str:
    """A reason from its explanation and remarks, any of which may be empty."""
    return BETWEEN.join(filter(None, parts))


def with_detail(remark: str, detail: str) -> str:
    return f"{remark}: {detail}"


def remarks_in(reason: str) -> Iterator[tuple[str, str]]:
    """The remarks of a reason, each one of REMARKS with its detail, which is mostly empty."""
    for part in reason.split(BETWEEN):
        remark, _, detail = part.partition(": ")
        if remark in REMARKS:
            yield remark, detail
