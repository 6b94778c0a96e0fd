"""Turn a page so that text which runs up, down or upside down reads from left to right."""

from __future__ import annotations

from dataclasses import dataclass

from app.ocr.result import Bbox


@dataclass(frozen=True, slots=True)
class Frame:
    """width, height: of the page as it is; angle: degrees clockwise of the text, 0, 90, 180, 270."""

    width: int
    height: int
    angle: int

    @property
    def bbox(self) -> Bbox:
        """The turned page."""
        return self.upright(Bbox(0, 0, self.width, self.height))

    def upright(self, box: Bbox) -> Bbox:
        """The box on the page turned so that the text runs across."""
        left, top, right, bottom = box
        if self.angle == 90:
            return Bbox(top, self.width - right, bottom, self.width - left)
        if self.angle == 180:
            width, height = self.width, self.height
            return Bbox(width - right, height - bottom, width - left, height - top)
        if self.angle == 270:
            return Bbox(self.height - bottom, left, self.height - top, right)
        return box

    def original(self, box: Bbox) -> Bbox:
        """The inverse of upright."""
        left, top, right, bottom = box
        if self.angle == 90:
            return Bbox(self.width - bottom, left, self.width - top, right)
        if self.angle == 180:
            width, height = self.width, self.height
            return Bbox(width - right, height - bottom, width - left, height - top)
        if self.angle == 270:
            return Bbox(top, self.height - right, bottom, self.height - left)
        return box
