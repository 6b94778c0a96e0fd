"""Add-on features of Document Intelligence: serve some, do without some, refuse the others."""

from __future__ import annotations

from dataclasses import replace

from rest_framework.request import Request

from app.ocr.errors import OcrError
from app.ocr.languages import AUTO
from app.ocr.options import Options

from .view import Json

# ocrHighResolution is always on: every page is read at full resolution.
SERVED = frozenset({"barcodes", "languages", "ocrHighResolution"})
# Details beside the text, which clients such as MarkItDown always request.
LEFT_OUT = frozenset({"formulas", "styleFont"})


def features_of(request: Request) -> frozenset[str]:
    """Features from one comma-separated parameter, or from several parameters."""
    names = ",".join(request.query_params.getlist("features")).split(",")
    return frozenset(name.strip() for name in names if name.strip())


def check_features(request: Request) -> frozenset[str]:
    """Raises OcrError(bad_feature) for features whose absence would look like an empty result."""
    features = features_of(request)
    if request.query_params.get("queryFields"):
        features |= {"queryFields"}
    if unknown := sorted(features - SERVED - LEFT_OUT):
        raise OcrError(
            "bad_feature",
            f"The feature “{unknown[0][:40]}” is not served here; {', '.join(sorted(SERVED))} are.",
        )
    return features


def with_features(options: Options, features: frozenset[str]) -> Options:
    if "barcodes" in features:
        options = replace(options, barcodes=True)
    if "languages" in features and not options.languages:
        options = replace(options, languages=(AUTO,))
    return options


def warnings_of(features: frozenset[str]) -> list[Json]:
    """One warning for each requested detail that the result lacks."""
    return [
        {
            "code": "FeatureLeftOut",
            "message": f"The feature “{name}” is not served here: the result has none of it.",
            "target": name,
        }
        for name in sorted(features & LEFT_OUT)
    ]
