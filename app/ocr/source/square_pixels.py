"""Faxes have about half as many rows to the inch as columns: their pictures are stretched, because
networks misread flat letters and viewers show them stretched as well."""

from __future__ import annotations

from PIL import ExifTags, Image

# Ratio of the two resolutions from which a picture is stretched, and up to which it is believable.
UNEQUAL, BELIEVABLE = 1.2, 3.0
# EXIF orientations from this one on are quarter turns.
QUARTER_TURNED = 5


def stretch_of(image: Image.Image) -> tuple[float, float]:
    """Factors for the width and the height of the upright picture, one of them 1. image: as opened,
    before it is turned by its EXIF orientation."""
    try:
        across, down = map(float, image.info["dpi"])
        ratio = across / down
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return 1.0, 1.0
    if image.getexif().get(ExifTags.Base.Orientation, 1) >= QUARTER_TURNED:
        ratio = 1 / ratio
    if UNEQUAL <= ratio <= BELIEVABLE:
        return 1.0, ratio
    return (1 / ratio, 1.0) if UNEQUAL <= 1 / ratio <= BELIEVABLE else (1.0, 1.0)


def stretched(picture: Image.Image, factors: tuple[float, float]) -> Image.Image:
    """The picture of eight bits, larger by these factors."""
    if factors == (1.0, 1.0):
        return picture
    size = round(picture.width * factors[0]), round(picture.height * factors[1])
    return picture.resize(size, Image.Resampling.BILINEAR)
