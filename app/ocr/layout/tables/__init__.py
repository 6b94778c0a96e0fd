"""Tables of a page, found by their rules where these are drawn and by white space elsewhere."""

from __future__ import annotations

from .find import FoundTable, find_tables

__all__ = ["FoundTable", "find_tables"]
