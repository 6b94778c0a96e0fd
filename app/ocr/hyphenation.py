"""Words that were parted at the end of a line."""

from __future__ import annotations

import re

# A letter, a hyphen (also the double one of Fraktur and the "not sign" of typewriters), a line end.
PARTED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u2e17¬]\n[ \t]*(\w+)[ \t]*", re.UNICODE)


def join_hyphenated(text: str) -> str:
    """ "recog-\\nnition of" -> "recognition\\nof": the word moves up whole, lines stay lines.

    Only where a lower-case letter follows; "Anglo-\\nSaxon" keeps its hyphen.
    """
    return PARTED.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    following = match[1]
    return f"{following}\n" if following[0].islower() else match[0]
