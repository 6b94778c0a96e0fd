"""Interface of every kind of file: the number of pages, and each page as upright pixels."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.ocr.errors import OcrError, millions
from app.ocr.result import Bbox

from .text_layer import TextLayer

Pixels = NDArray[np.uint8]  # (height, width) gray or (height, width, 3) RGB


@dataclass(frozen=True, slots=True)
class Limits:
    """max_pixels: of one page as stored; max_pages: of one selection."""

    max_pixels: int = 100_000_000
    max_pages: int = 500

    def check_pixels(self, width: int, height: int) -> None:
        """Raises OcrError(unreadable_image, too_many_pixels). Call it before decoding."""
        if width < 1 or height < 1:
            raise OcrError("unreadable_image", "The picture has no pixels.")
        if width * height > self.max_pixels:
            size = f"{width} × {height}"
            most = f"{self.max_pixels / 1_000_000:g} million"
            message = f"The picture has {size} pixels; at most {most} fit."
            details = {"width": width, "height": height, "limit": millions(self.max_pixels)}
            raise OcrError("too_many_pixels", message, details=details)


# For files that were within the limits when they were recognized.
NO_LIMITS = Limits(max_pixels=1 << 40, max_pages=1 << 20)


@dataclass(frozen=True, slots=True)
class PageImage:
    """A decoded page: EXIF or PDF rotation applied, white under transparency, 8 bits a channel,
    pixels as wide as high.

    dpi: pixels per inch if the file has a believable number, else None. reduction: width of a pixel
    in pixels of the file; more than 1 for pictures too large to be held whole.
    """

    pixels: Pixels
    dpi: int | None = None
    reduction: float = 1.0


class Source(ABC):
    """An opened file. Use it as a context manager: it holds a file handle and native memory."""

    @property
    @abstractmethod
    def page_count(self) -> int: ...

    @abstractmethod
    def page_image(self, number: int) -> PageImage:
        """Page number (from 1). Raises OcrError(bad_pages, unreadable_image, too_many_pixels)."""

    def preview_image(self, number: int, strips: int) -> PageImage:
        """page_image(), or a smaller picture that is large enough for encode_previews()."""
        return self.page_image(number)

    def text_layer(self, number: int) -> TextLayer | None:
        """The text that the page itself carries; None for a picture."""
        return None

    def part(self, number: int, box: Bbox, rotation: int) -> Pixels:
        """RGB of a part of page_image(); much cheaper than the whole for a small part.

        box: on the page after a turn by rotation degrees clockwise.
        """
        raise NotImplementedError

    def remainder(self, number: int, layer: TextLayer) -> Pixels:
        """The upright page without its layer's text. Call it for the last page of text_layer()."""
        raise NotImplementedError

    @property
    def attachments(self) -> tuple[str, ...]:
        """Names of the files inside this one, which are not read."""
        return ()

    def attached_to_page(self, number: int) -> tuple[str, ...]:
        """Names of the files that are attached to the page, which are not read either."""
        return ()

    def has_broken_picture(self, number: int) -> bool:
        """Whether a picture on the page cannot be decoded and is missing from page_image()."""
        return False

    @abstractmethod
    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def check_number(self, number: int) -> None:
        if not 1 <= number <= self.page_count:
            raise OcrError("bad_pages", f"The document has no page {number}.")
