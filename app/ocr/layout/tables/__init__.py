"""Tables of a page, found by their drawn rules or, without these, by white space."""

from __future__ import annotations

from .find import FoundTable, find_tables

__all__ = ["FoundTable", "find_tables"]
