"""Names of the preparation steps; each engine lists those that help it. Imports nothing heavy."""

from __future__ import annotations

EVERYTHING = frozenset({"dewarp", "deskew", "light", "dark", "noise", "scale", "pad"})
# Part of "dewarp", for engines that read slanted lines well: only pages with curved lines.
UNCURL = "uncurl"
# Part of "dark", for engines that read light letters well: only rendered pages, whose thin
# characters are found more often as dark on light.
DARK_SCREEN = "dark screen"
