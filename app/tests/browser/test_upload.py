from __future__ import annotations

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from app.models import Job
from app.tests.factories import encoded, text_png

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Hands a picture to the page as the operating system would, by drop or by paste.
GIVE = """([kind, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type: "image/png" }));
  const event = kind === "drop"
    ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true });
  document.body.dispatchEvent(event);
}"""


def give(page, kind, name="given.png"):
    page.evaluate(GIVE, [kind, name, base64.b64encode(text_png("Hello world 2026")).decode()])


def card(page, name):
    return page.locator("result-card", has_text=name)


def test_the_name_of_a_file_begins_where_a_right_to_left_page_does(page, picture):
    page.set_extra_http_headers({"Accept-Language": "ar"})
    page.goto("/")
    page.set_input_files("#id_image", picture)
    name = card(page, "greeting.png").locator(".result-name")
    link = name.get_by_role("link")
    expect(link).to_be_visible()
    places = [element.bounding_box() for element in (name, link)]
    edges = [place["x"] + place["width"] for place in places]
    assert abs(edges[0] - edges[1]) <= 1


def test_upload_see_text_find_it_in_the_history_and_delete_it(page, picture):
    page.goto("/")
    page.set_input_files("#id_image", picture)
    expect(card(page, "greeting.png").locator(".result-text")).to_contain_text("Hello world 2026")

    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.locator("#page-text")).to_contain_text("Hello world 2026")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="History").click()
    page.get_by_role("searchbox").press_sequentially("world")
    expect(page.get_by_role("link", name="greeting.png")).to_be_visible()
    page.get_by_role("searchbox").fill("elephant")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.get_by_role("searchbox").fill("")

    page.get_by_role("button", name="Delete greeting.png").click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="greeting.png")).to_be_visible()

    page.get_by_role("button", name="Delete greeting.png").click()
    page.get_by_role("link", name="Trash").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("The trash is empty")).to_be_visible()


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_picture_dropped_or_pasted_anywhere_is_read(page, kind):
    page.goto("/")
    give(page, kind)
    expect(card(page, "given.png").locator(".result-text")).to_contain_text("Hello world 2026")


def test_each_of_several_files_gets_its_own_result(page, picture, tmp_path):
    broken = tmp_path / "notes.png"
    broken.write_text("no picture at all")
    page.goto("/")
    page.set_input_files("#id_image", [picture, broken])
    expect(card(page, "greeting.png")).to_have_attribute("data-state", "done")
    expect(card(page, "notes.png").locator(".result-state")).to_contain_text("not read")
    expect(card(page, "notes.png").get_by_role("button", name="Try again")).to_be_hidden()


def test_every_file_opens_in_full(page, picture, document):
    page.goto("/")
    page.set_input_files("#id_image", [picture, document])
    for name in ("greeting.png", "report.pdf"):
        expect(card(page, name)).to_have_attribute("data-state", "done")
        link = card(page, name).get_by_role("link", name=name, exact=True)
        assert link.get_attribute("href").startswith("blob:")


def test_file_over_the_limit_is_refused_before_it_is_sent(page, document, settings):
    settings.ANONYMOUS_MAX_BYTES = 100
    page.goto("/")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.set_input_files("#id_image", document)
    expect(card(page, "report.pdf").locator(".result-state")).to_contain_text("larger than")
    expect(page.get_by_role("button", name="Make it smaller and read")).to_be_hidden()
    expect(card(page, "report.pdf").get_by_role("link", name="Create account")).to_be_visible()
    assert not any("/api/ocr/" in url for url in sent)


def test_lost_connection_can_be_retried(page, picture):
    page.goto("/")
    page.route("**/api/ocr/", lambda route: route.abort())
    page.set_input_files("#id_image", picture)
    expect(card(page, "greeting.png").locator(".result-state")).to_contain_text("cannot be reached")
    page.unroute("**/api/ocr/")
    page.get_by_role("button", name="Try again").click()
    expect(card(page, "greeting.png")).to_have_attribute("data-state", "done")


def test_text_is_copied_and_downloaded_whole(page, picture):
    page.goto("/")
    page.set_input_files("#id_image", picture)
    page.get_by_role("button", name="Copy text").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "Hello world 2026" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Plain text").click()
    assert download.value.suggested_filename == "greeting.txt"
    assert "Hello world 2026" in download.value.path().read_text()


def test_language_is_found_automatically_until_one_is_chosen_which_is_remembered(page):
    page.goto("/")
    expect(page.get_by_text("Language: found automatically")).to_be_visible()
    page.get_by_text("More options").click()
    page.get_by_label("Language", exact=True).select_option("eng")
    page.reload()
    expect(page.get_by_text("Language: English")).to_be_visible()
    expect(page.get_by_label("Language", exact=True)).to_have_value("eng")


def test_several_languages_are_chosen_and_remembered(page, picture):
    page.goto("/")
    page.get_by_text("More options").click()
    page.get_by_label("Language", exact=True).select_option("eng")
    page.get_by_label("English", exact=True).check()
    page.reload()
    expect(page.get_by_label("English", exact=True)).to_be_checked()
    page.set_input_files("#id_image", picture)
    expect(card(page, "greeting.png")).to_have_attribute("data-state", "done")
    assert Job.objects.get().recognition_options.languages == ("eng",)
    page.get_by_label("Language", exact=True).select_option("auto")
    expect(page.get_by_label("English", exact=True)).to_be_hidden()


def test_part_of_a_picture_is_framed_and_only_that_is_read(page, tmp_path):
    sheet = tmp_path / "sheet.png"
    sheet.write_bytes(text_png("Upper words\n\n\n\nLower words"))
    page.goto("/")
    page.get_by_text("More options").click()
    page.get_by_label("Crop or turn").check()
    page.set_input_files("#id_image", sheet)
    canvas = page.locator("canvas").bounding_box()
    page.mouse.move(canvas["x"] + 1, canvas["y"] + canvas["height"] / 2)
    page.mouse.down()
    page.mouse.move(canvas["x"] + canvas["width"] - 1, canvas["y"] + canvas["height"] - 1, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Read it").click()
    text = card(page, "sheet.png").locator(".result-text")
    expect(text).to_contain_text("Lower words")
    expect(text).not_to_contain_text("Upper")


def test_picture_is_turned_before_it_is_read(page, tmp_path):
    fallen = tmp_path / "fallen.png"
    image = Image.open(io.BytesIO(text_png("Hello world 2026")))
    fallen.write_bytes(encoded(image.rotate(90, expand=True)))
    page.goto("/")
    page.get_by_text("More options").click()
    page.get_by_label("Crop or turn").check()
    page.set_input_files("#id_image", fallen)
    page.get_by_role("button", name="Turn").click()
    page.get_by_role("button", name="Read it").click()
    expect(card(page, "fallen.png").locator(".result-text")).to_contain_text("Hello world 2026")
    assert Job.objects.get().recognition_options.rotate == 90
