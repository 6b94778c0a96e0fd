"""The front page for first-time visitors, and the fate of their result."""

from __future__ import annotations

import io

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from app.models import Job
from app.tests.factories import encoded, make_job, text_png
from app.web.samples import SAMPLES

from . import sheets
from .conftest import WATCH_SHIFTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
READ = {"receipt": "Sourdough loaf", "table": "Market Square", "chinese": "床前明月光"}


def in_view(tab: Page, name: str) -> bool:
    """Whether the whole control can be pressed without scrolling."""
    box = tab.get_by_text(name, exact=True).bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= tab.viewport_size["height"]


def photo_with_turn(path, *, width: int, height: int):
    """A noisy phone photo of a page, stored on its side with a camera's EXIF orientation."""
    page = Image.open(io.BytesIO(text_png("Hello world 2026", size=160))).convert("RGB")
    image = Image.new("RGB", (width, height), "white")
    image.paste(page, (200, 400))
    noise = np.random.default_rng(1).normal(0, 14, (height, width, 1))
    noisy = Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise
    path.write_bytes(encoded(noisy.rotate(90, expand=True), "JPEG", quality=95, exif=exif))
    return path


@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_sample_is_read_at_one_click_and_its_result_takes_the_page(page, view):
    page.set_viewport_size(view)
    page.goto("/")
    page.evaluate(WATCH_SHIFTS)
    page.get_by_role("button", name="Receipt").click()
    expect(page.locator("result-card")).to_have_attribute("data-state", "done")
    text = page.locator(".result-text")
    assert "Sourdough loaf\t3.80\nOat milk" in text.inner_text()  # in rows, as on the receipt
    for name in ("Copy text", "Download", "Open"):
        assert in_view(page, name), name
    assert page.evaluate("[scrollY, document.documentElement.scrollWidth]") == [0, view["width"]]
    assert page.evaluate("window.shift") < 0.02
    picture = page.locator(".result-picture")
    if view is DESK:
        left, right = picture.bounding_box(), text.bounding_box()
        assert left["x"] + left["width"] <= right["x"]
    else:
        expect(picture).to_be_hidden()
        page.get_by_role("button", name="Picture", exact=True).click()
        expect(picture).to_be_visible()
        expect(text).to_be_hidden()
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_really_read(page, name):
    page.goto("/")
    page.locator(f"button[value={name}]").click()
    expect(page.locator(".result-text")).to_contain_text(READ[name])
    assert Job.objects.get().upload.name == SAMPLES[name].file_name
    if name == "table":
        expect(page.get_by_role("cell", name="31,905")).to_be_visible()


def test_menu_has_documents_first_and_gives_them(page):
    page.goto("/")
    page.get_by_role("button", name="Table").click()
    page.get_by_text("Download", exact=True).click()
    kinds = page.locator(".result-actions .menu-kind").all_inner_texts()
    assert [kind.lower() for kind in kinds[:4]] == ["pdf", "docx", "xlsx", "txt"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "table.xlsx"
    assert download.value.path().read_bytes()[:2] == b"PK"


def test_recent_results_survive_a_reload_and_are_the_visitors_own(page, picture):
    make_job(name="strange.png", visitor="another browser")
    page.goto("/")
    page.set_input_files("#id_image", picture)
    expect(page.locator("result-card")).to_have_attribute("data-state", "done")
    page.reload()
    recent = page.get_by_role("region", name="Recent results")
    expect(recent.get_by_role("listitem")).to_have_count(1)
    recent.get_by_role("link", name="greeting.png").click()
    expect(page.locator("#page-text")).to_contain_text("Hello world 2026")


def test_older_result_becomes_a_row(page, picture):
    page.goto("/")
    page.set_input_files("#id_image", picture)
    expect(page.locator("result-card[data-state=done]")).to_have_count(1)
    page.get_by_text("More files").wait_for()
    page.set_input_files("#id_image", picture)
    expect(page.locator("result-card[data-state=done]")).to_have_count(2)
    expect(page.locator(".result-picture").nth(0)).to_be_visible()
    expect(page.locator(".result-picture").nth(1)).to_be_hidden()


def test_visitors_large_photo_is_made_smaller_upright_and_read(page, tmp_path, settings):
    settings.ANONYMOUS_MAX_BYTES = 2_000_000
    path = photo_with_turn(tmp_path / "IMG_1.jpg", width=3000, height=4000)
    assert path.stat().st_size > 3_000_000
    page.goto("/")
    page.set_input_files("#id_image", path)
    expect(page.locator(".result-text")).to_contain_text("Hello world 2026")
    job = Job.objects.get()
    with Image.open(job.upload.file) as sent:
        assert sent.width * sent.height <= 9e6
        assert sent.height > sent.width  # as seen, whatever the EXIF data say
    assert job.upload.size <= 2_000_000


def test_picture_that_must_lose_letters_is_only_shrunk_when_asked(page, tmp_path, settings):
    settings.ANONYMOUS_MAX_BYTES = settings.ACCOUNT_MAX_BYTES = 200_000
    image, _ = sheets.photo(sheets.letter(), table="wood", turn=0, squeeze=0, seed=1)
    noisy = np.asarray(image.resize((1350, 1800))) + np.random.default_rng(1).normal(
        0, 25, (1800, 1350, 3)
    )
    path = tmp_path / "grainy.jpg"
    path.write_bytes(sheets.jpeg(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))))
    page.goto("/")
    page.set_input_files("#id_image", path)
    expect(page.locator(".result-state")).to_contain_text("larger than 0.2 MB")
    expect(page.locator("result-card").get_by_role("link", name="Create account")).to_be_visible()
    page.get_by_role("button", name="Make it smaller and read").click()
    expect(page.locator("result-card")).to_have_attribute("data-state", "done")
    assert Job.objects.get().upload.size <= 200_000


def test_screenshot_keeps_its_pixels(page, tmp_path):
    path = tmp_path / "screen.png"
    path.write_bytes(text_png("Hello world 2026\n" * 40))
    page.goto("/")
    page.set_input_files("#id_image", path)
    expect(page.locator("result-card")).to_have_attribute("data-state", "done")
    assert Job.objects.get().upload.size == path.stat().st_size


def test_sample_by_keyboard_alone(page):
    page.goto("/")
    page.locator("#id_image").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Table")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".result-text")).to_contain_text("Old Harbour")


def test_blank_picture_says_what_to_try(page, tmp_path):
    path = tmp_path / "blank.png"
    path.write_bytes(encoded(Image.new("RGB", (600, 400), "white")))
    page.goto("/")
    page.set_input_files("#id_image", path)
    expect(page.locator(".result-state")).to_have_text("No text found")
    hint = page.locator(".result-text").evaluate(
        "node => getComputedStyle(node, '::before').content"
    )
    assert "upside down" in hint
