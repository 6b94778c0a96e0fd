"""Words with boxes of their own, from the characters that a network reads in a line's picture."""

from __future__ import annotations

from .boxes import stacked_pieces, words_of

__all__ = ["stacked_pieces", "words_of"]
