"""Gain from each step of preparation: Tesseract with all of them, and without each in turn.

python -m benchmarks.preparation [--pages 1]

CER in percent over the sixteen kinds of benchmarks.degradations.
"""

from __future__ import annotations

import argparse
from statistics import mean

from app.engines.base import EngineConfig
from app.ocr.options import Options
from app.ocr.prepare.steps import EVERYTHING

from .degradations import KINDS, cells, error_of
from .readers import OurReader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1)
    pages = parser.parse_args().pages
    readers = {"all": reader_with(EVERYTHING)}
    readers |= {f"no {step}": reader_with(EVERYTHING - {step}) for step in sorted(EVERYTHING)}
    readers["none"] = reader_with(frozenset())
    print("| kind | " + " | ".join(readers) + " |\n|---|" + "---|" * len(readers))
    rows = []
    for kind in KINDS:
        rows.append({name: error_of(reader, kind, pages) for name, reader in readers.items()})
        print(cells(kind.__name__, rows[-1]), flush=True)
    print(cells("**mean**", {name: mean(row[name] for row in rows) for name in readers}))


def reader_with(steps: frozenset[str]) -> OurReader:
    """Tesseract with only these steps of preparation, besides turning the page upright."""
    reader = OurReader(Options(engine="tesseract"), EngineConfig())
    engine = reader.recognizer.reader.strategy("tesseract").engine
    engine.preparation = steps  # type: ignore[misc]  of this one engine, for the measurement
    return reader


if __name__ == "__main__":
    main()
