"""One decoded page, turned upright and read by the strategy that its options name."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from app.engines.base import EngineConfig
from app.engines.registry import create_engine
from app.engines.runtime.onnx import Runtime
from app.ocr.options import Options
from app.ocr.prepare.blank import is_blank
from app.ocr.prepare.geometry import Transform, turned
from app.ocr.result import Page
from app.ocr.source import PageImage
from app.ocr.source.base import Pixels

from .auto.strategy import AutoStrategy
from .catalog import AUTO_ENGINE, check_entry
from .confidence import calibrated
from .direction import DirectionFinder
from .direction.network import OrientationModel, find_orientation_model
from .long_s import with_long_s_settled
from .pipeline import UprightPage
from .region import Selection, scaled_boxes
from .remarks import with_doubt
from .same_shapes import with_same_shapes_settled
from .strategy import PageStrategy, SingleEngine
from .substitutes import with_substitutes_settled
from .zones import with_zones

# A page read as surely as this is the right way up.
SURE_CONFIDENCE = 0.8
SURE_CHARACTERS = 8
LONG_WORD = 4


class PageReader:
    """Keeps the strategies, and so the engines, of one process."""

    def __init__(self, config: EngineConfig) -> None:
        self.config = config
        self.auto = AutoStrategy(config)
        self.strategies: dict[str, PageStrategy] = {AUTO_ENGINE: self.auto}

    def read(self, image: PageImage, options: Options) -> Page:
        """The page in the pixels of the file. Raises OcrError."""
        if image.reduction != 1.0:
            return self._read_reduced(image, options)
        return with_doubt(calibrated(with_characters_settled(self._read(image, options))))

    def _read(self, image: PageImage, options: Options) -> Page:
        """The page with the engines' own confidence, by which the strategies decide."""
        strategy = self.strategy(options.engine)
        check_entry(strategy.entry(), options.languages or self.config.default_languages)
        if is_blank(image.pixels):
            return _blank_page(image.pixels, options.rotate or 0)
        if options.rotate is None and options.prepare and strategy.knows_upright:
            page = _read_turned(strategy, image.pixels, 0, options)
            if _is_sure(page):
                return page
        return self._read_upright(strategy, image.pixels, options)

    def strategy(self, name: str) -> PageStrategy:
        """Raises OcrError(unknown_engine)."""
        if name not in self.strategies:
            self.strategies[name] = SingleEngine(create_engine(name, self.config), self.config)
        return self.strategies[name]

    def _read_reduced(self, image: PageImage, options: Options) -> Page:
        """Options and result are in the pixels of the file, the picture is smaller."""
        factor = image.reduction
        page = self.read(PageImage(image.pixels, image.dpi), scaled_boxes(options, 1 / factor))
        width, height = round(page.width * factor), round(page.height * factor)
        return Transform().scaled(1 / factor, 1 / factor).map_page(page, width, height)

    def _read_upright(self, strategy: PageStrategy, pixels: Pixels, options: Options) -> Page:
        if options.rotate is not None or not options.prepare:
            return _read_turned(strategy, pixels, options.rotate or 0, options)
        rotation, upright = self.direction.upright(pixels, options)
        if options.region or options.ignore:
            return _read_turned(strategy, pixels, rotation, options)
        # The picture on which the direction was found: it is not prepared and searched again.
        return replace(strategy.read(upright, options), rotation=rotation)

    @cached_property
    def direction(self) -> DirectionFinder:
        model = find_orientation_model(self.config)
        network = OrientationModel(model, Runtime(self.config.runtime)) if model else None
        return DirectionFinder(network, self.auto.paddle, self.auto.tesseract)


def with_characters_settled(page: Page) -> Page:
    """The page as an engine read it, with characters corrected that were taken for lookalikes."""
    page = with_same_shapes_settled(with_zones(page))
    return with_long_s_settled(with_substitutes_settled(page))


def _blank_page(pixels: Pixels, rotation: int) -> Page:
    height, width = turned(pixels, rotation).shape[:2]
    return Page(1, width, height, rotation=rotation, reason="the page is blank")


def _read_turned(strategy: PageStrategy, pixels: Pixels, rotation: int, options: Options) -> Page:
    selection = Selection.of(turned(pixels, rotation), options)
    page = strategy.read(UprightPage.of(selection.pixels, options), options)
    return replace(selection.on_page(page), rotation=rotation)


def _is_sure(page: Page) -> bool:
    enough = sum(len(word.text) for word in page.words) >= SURE_CHARACTERS
    return enough and page.confidence >= SURE_CONFIDENCE and not _reads_sideways(page)


def _reads_sideways(page: Page) -> bool:
    """Tesseract also reads text that runs up or down; its words are then taller than wide."""
    words = [word for line in page.lines if line.direction != "ttb" for word in line.words]
    long = [word.bbox for word in words if len(word.text) >= LONG_WORD]
    return 2 * sum(box.height > box.width for box in long) > len(long)
