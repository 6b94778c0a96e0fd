"""The scanner with Chromium's fake camera, a finger and a keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.models import Job

from . import sheets
from .conftest import ARGUMENTS, chromium_program

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CAMERA = [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]


@pytest.fixture
def film(tmp_path) -> Path:
    image, _ = sheets.photo(
        sheets.letter("Camera words", "are read here", "in order"),
        table="black",
        turn=6,
        squeeze=0.1,
        seed=5,
    )
    return sheets.film(tmp_path / "film.mjpeg", image)


@pytest.fixture
def with_camera(browser: Browser, film: Path) -> Iterator[Browser]:
    """A second Chromium, whose camera plays the film."""
    arguments = [*ARGUMENTS, *CAMERA, f"--use-file-for-fake-video-capture={film}"]
    chromium = browser.browser_type.launch(executable_path=chromium_program(), args=arguments)
    yield chromium
    chromium.close()


def opened(browser: Browser, site: str, **looks) -> Page:
    tab = browser.new_context(base_url=site, **looks).new_page()
    tab.set_default_timeout(60_000)
    tab.goto("/")
    tab.get_by_role("button", name="Use the camera").click()
    return tab


def photo_file(folder: Path, name: str, *lines: str, seed: int = 1) -> Path:
    image, _ = sheets.photo(sheets.letter(*lines), table="wood", turn=4, squeeze=0.1, seed=seed)
    path = folder / name
    path.write_bytes(sheets.jpeg(image))
    return path


def faults(tab: Page) -> list[str]:
    found = Axe().run(tab).response["violations"]
    return [f"{rule['id']} at {node['target']}" for rule in found for node in rule["nodes"]]


def test_sheet_before_the_camera_is_found_straightened_and_read(with_camera, site):
    tab = opened(with_camera, site, **PHONE, permissions=["camera"])
    expect(tab.get_by_text("The sheet is found")).to_be_visible()
    assert tab.locator(".scanner-live polygon").get_attribute("points").count(",") == 4
    assert faults(tab) == []
    tab.get_by_role("button", name="Take photo").tap()
    expect(tab.get_by_text("Are these the corners?")).to_be_visible()
    assert faults(tab) == []
    tab.get_by_role("button", name="Use this page").tap()
    tab.get_by_role("button", name="Read 1 page").tap()
    expect(tab.locator("result-card")).to_have_attribute("data-state", "done")
    expect(tab.locator(".result-text")).to_contain_text("Camera words")
    page = Job.objects.get().pages.get()
    assert page.width < page.height  # the film is wider than its sheet is high


def test_several_photos_become_one_document_in_the_order_chosen(page, tmp_path):
    page.goto("/")
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_text("gives no camera picture")).to_be_visible()
    files = [
        photo_file(tmp_path, f"{word}.jpg", f"{word} page", seed=at)
        for at, word in enumerate(("Third", "First", "Second", "Unwanted"))
    ]
    page.set_input_files("#scanner-files", files)
    for count in range(1, 5):
        page.get_by_role("button", name="Use this page").click()
        expect(page.locator(".scanner-page")).to_have_count(count)
    page.get_by_role("button", name="Leave out page 4").click()
    page.get_by_role("button", name="Move page 1 back").click()
    page.get_by_role("button", name="Move page 2 back").click()
    page.get_by_role("button", name="Turn page 3").click()
    assert faults(page) == []
    page.get_by_role("button", name="Read 3 pages as one document").click()
    expect(page.locator("result-card")).to_have_attribute("data-state", "done")
    job = Job.objects.get()
    assert job.upload.media_type == "application/pdf"
    texts = [row.text for row in job.pages.order_by("number")]
    assert [
        word in text for word, text in zip(("First", "Second", "Third"), texts, strict=True)
    ] == [True] * 3
    with job.upload.file.open() as stream, pypdfium2.PdfDocument(stream.read()) as document:
        sizes = [document[at].get_size() for at in range(3)]
    assert [width > height for width, height in sizes] == [False, False, True]


def test_corners_are_moved_and_pages_used_by_keyboard(page, tmp_path):
    page.goto("/")
    page.get_by_role("button", name="Use the camera").press("Enter")
    page.set_input_files("#scanner-files", photo_file(tmp_path, "one.jpg", "Keyboard words"))
    expect(page.get_by_role("button", name="Use this page")).to_be_focused()
    corner = page.get_by_role("button", name="Top left corner")
    before = corner.evaluate("node => parseFloat(node.style.left)")
    corner.press("ArrowRight")
    assert corner.evaluate("node => parseFloat(node.style.left)") > before
    for _ in range(300):
        corner.press("Shift+ArrowRight")
    points = page.locator(".scanner-photo polygon").get_attribute("points")
    assert float(points.split(",")[0]) < float(points.split(" ")[1].split(",")[0])  # never crossed
    page.get_by_role("button", name="Whole photo").press("Enter")
    page.get_by_role("button", name="Use this page").press("Enter")
    page.get_by_role("button", name="Read 1 page").press("Enter")
    expect(page.locator(".result-text")).to_contain_text("Keyboard words")


def test_corner_is_dragged(page, tmp_path):
    page.goto("/")
    page.get_by_role("button", name="Use the camera").click()
    page.set_input_files("#scanner-files", photo_file(tmp_path, "one.jpg"))
    box = page.locator(".scanner-photo canvas").bounding_box()
    handle = page.get_by_role("button", name="Bottom right corner").bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 0.9 * box["height"], steps=5)
    page.mouse.up()
    third = page.locator(".scanner-photo polygon").get_attribute("points").split(" ")[2]
    assert [round(float(share)) for share in third.split(",")] == [95, 90]


def test_escape_gives_the_scan_up_and_frees_the_camera(with_camera, site):
    tab = opened(with_camera, site, permissions=["camera"])
    expect(tab.get_by_text("The sheet is found")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    assert tab.evaluate("document.querySelector('.scanner video').srcObject") is None
    expect(tab.locator("result-card")).to_have_count(0)


def test_camera_that_is_forbidden_says_so_and_photos_can_be_chosen(with_camera, site, tmp_path):
    tab = with_camera.new_context(base_url=site, **PHONE).new_page()
    refuse = "Promise.reject(new DOMException('no', 'NotAllowedError'))"
    tab.add_init_script(f"MediaDevices.prototype.getUserMedia = () => {refuse}")
    tab.goto("/")
    tab.get_by_role("button", name="Use the camera").tap()
    expect(tab.get_by_text("The camera may not be used")).to_be_visible()
    expect(tab.get_by_role("button", name="Take photo")).to_be_hidden()
    assert faults(tab) == []
    photo = tmp_path / "photo.heic"
    photo.write_bytes(b"a format that this browser does not open")
    tab.set_input_files("#scanner-files", photo)
    expect(tab.get_by_text("the site reads more formats")).to_be_visible()


def test_phone_that_is_turned_and_camera_that_is_taken_back_go_on(with_camera, site):
    tab = opened(with_camera, site, **PHONE, permissions=["camera"])
    expect(tab.get_by_text("The sheet is found")).to_be_visible()
    tab.set_viewport_size({"width": 844, "height": 390})
    shoot = tab.get_by_role("button", name="Take photo")
    expect(shoot).to_be_in_viewport(ratio=1)
    expect(tab.locator(".scanner-live video")).to_be_in_viewport(ratio=1)
    stream = "document.querySelector('.scanner video').srcObject"
    first = tab.evaluate(f"{stream}.id")
    tab.evaluate(f"{stream}.getTracks()[0].stop()")  # as after the phone was locked
    for _ in range(600):
        if tab.evaluate(f"{stream}?.id ?? '{first}'") != first:
            break
        tab.wait_for_timeout(100)
    else:
        raise AssertionError("the camera does not come back")
    shoot.tap()  # the first frames of a camera may be black
    expect(tab.get_by_role("button", name="Use this page")).to_be_in_viewport(ratio=1)


def test_pages_over_the_limit_are_made_smaller_or_refused_with_a_way_out(page, tmp_path, settings):
    settings.ANONYMOUS_MAX_BYTES = 60_000
    page.goto("/")
    page.get_by_role("button", name="Use the camera").click()
    page.set_input_files(
        "#scanner-files", [photo_file(tmp_path, f"{at}.jpg", "Short", seed=at) for at in (1, 2)]
    )
    for count in (1, 2):
        page.get_by_role("button", name="Use this page").click()
        expect(page.locator(".scanner-page")).to_have_count(count)
    page.get_by_role("button", name="Read 2 pages").click()
    expect(page.locator("result-card")).to_have_attribute("data-state", "done")
    assert Job.objects.get().upload.size <= 60_000
    page.get_by_role("button", name="Use the camera").click()
    page.set_input_files(
        "#scanner-files", [photo_file(tmp_path, f"{at}.jpg", seed=at) for at in range(4)]
    )
    for count in range(1, 5):
        page.get_by_role("button", name="Use this page").click()
        expect(page.locator(".scanner-page")).to_have_count(count)
    page.get_by_role("button", name="Read 4 pages").click()
    expect(page.get_by_text("are more than the 0.06 MB")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("link", name="Create account")).to_be_visible()
