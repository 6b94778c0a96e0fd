"""The scanner's edge finder in a real browser, on drawn photos with known corners."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from PIL import Image

from . import sheets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIND = """async (data) => {
  const { findSheet } = await import("/static/js/scanner/sheet-finder.js");
  const image = new Image();
  image.src = `data:image/jpeg;base64,${data}`;
  await image.decode();
  return findSheet(image)?.map(({ x, y }) => [x, y]) ?? null;
}"""
NEAR = 0.01  # of the photo's sides: 12 pixels of 1,200
POSES = {"straight": (0, 0), "askew": (9, 0.06), "from below": (-6, 0.25), "turned": (24, 0.1)}


def found(page, image: Image.Image):
    return page.evaluate(FIND, base64.b64encode(sheets.jpeg(image)).decode())


@pytest.fixture
def site_page(page):
    page.goto("/privacy/")
    return page


@pytest.mark.parametrize("table", sheets.TABLES)
def test_corners_of_a_sheet_on_any_table(site_page, table):
    off = {}
    for seed, (name, (turn, squeeze)) in enumerate(POSES.items()):
        image, corners = sheets.photo(
            sheets.letter(), table=table, turn=turn, squeeze=squeeze, seed=seed
        )
        seen = found(site_page, image)
        off[name] = None if seen is None else float(np.abs(np.subtract(seen, corners)).max())
    assert {name for name, most in off.items() if most is None or most > NEAR} == set(), off


@pytest.mark.parametrize("seed", range(4))
def test_corners_in_a_shadow(site_page, seed):
    image, corners = sheets.photo(
        sheets.letter(), table="wood", turn=5 * seed - 8, squeeze=0.1, seed=seed, shade=True
    )
    assert np.abs(np.subtract(found(site_page, image), corners)).max() < NEAR


def test_dark_sheet_on_a_pale_table(site_page):
    page = sheets.sheet("White words on black", paper=40, ink="white")
    image, corners = sheets.photo(page, table="pale", turn=5, squeeze=0.1, seed=1)
    assert np.abs(np.subtract(found(site_page, image), corners)).max() < NEAR


def test_no_sheet_is_seen_where_none_is(site_page):
    chance = np.random.default_rng(3)
    for table in ("gray", "wood"):
        bare = sheets.TABLES[table](chance) + chance.normal(0, 4, (1200, 900, 3))
        assert found(site_page, Image.fromarray(np.clip(bare, 0, 255).astype(np.uint8))) is None
