"""Names of the preparation steps; engines say which of them help. Imports nothing heavy."""

from __future__ import annotations

EVERYTHING = frozenset({"deskew", "light", "dark", "noise", "scale", "pad"})
