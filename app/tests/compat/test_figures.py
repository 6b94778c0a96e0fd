"""Figures in the answers of vendor APIs, read by the vendors' own types."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import Any
from unittest import mock

import pytest
from azure.ai.documentintelligence.models import AnalyzeResult
from django.http import QueryDict
from PIL import Image

from app.compat import mineru
from app.compat.docling.answers import contents_of
from app.compat.docling.doctags import doctags
from app.compat.docling.options import AnswerForm, answer_form
from app.compat.mistral.answers import page_answers
from app.compat.mistral.requests import AnswerOptions
from app.compat.paddlex.answers import layout_results
from app.compat.shared.figures import FigurePictures
from app.compat.shared.markdown import document_markdown
from app.compat.unstructured.elements import ElementOptions, elements
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.result import Bbox, Page
from app.services.history import exports
from app.services.submission import uploads
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, image_file, make_job, set_pages

from .structured import block

RED, GREEN = (200, 30, 30), (30, 160, 60)
CHART, PHOTO = Bbox(50, 200, 450, 400), Bbox(500, 500, 700, 700)
CAPTION = "Figure 1. Growth & more"
OPERATION = "00000000-0000-4000-8000-000000000002"


def figure_page(number: int = 1) -> Page:
    """A chart with a label in it and a caption below, and a photo without one."""
    blocks = (
        block("Some text before", 60),
        block("Growth", 250),
        block(CAPTION, 420, kind="caption"),
        block("Some text after", 480),
    )
    return Page(
        number, 800, 800, blocks, engine="tesseract", languages=("eng",), figures=(CHART, PHOTO)
    )


def page_png() -> bytes:
    image = Image.new("RGB", (800, 800), "white")
    image.paste(RED, CHART)
    image.paste(GREEN, PHOTO)
    return encoded(image)


def figure_job(owner: Any = None, **fields: Any) -> Job:
    visitor = fields.get("visitor", "")
    content = image_file("page.png", page_png())
    upload = uploads.store(
        content=content, name="page.png", owner=owner, visitor=visitor, max_bytes=10**7
    )
    job = make_job(owner, upload=upload, text=figure_page().text, **fields)
    set_pages(job, figure_page())
    return job


@pytest.fixture
def pictures():
    """Two bytes for each figure, instead of the pictures that a separate process would cut out."""
    found = {(1, 1): b"\xff\x01", (1, 2): b"\xff\x02"}
    with mock.patch.object(exports, "figure_pictures", return_value=found):
        yield


def docling(**form: Any) -> dict[str, Any]:
    return contents_of(figure_job(), AnswerForm(("md", "json"), **form), [figure_page()])


@pytest.mark.django_db
def test_docling_core_reads_pictures_and_captions(pictures):
    types = pytest.importorskip("docling_core.types.doc.document")
    found = docling()
    document = types.DoclingDocument.model_validate(found["json"])
    chart, photo = document.pictures
    assert chart.caption_text(document) == CAPTION
    assert photo.captions == []
    assert (chart.prov[0].bbox.l, chart.prov[0].bbox.b, chart.image) == (50, 400, None)
    order = [type(item).__name__ for item, _ in document.iterate_items()]
    assert order == ["TextItem", "PictureItem", "TextItem", "TextItem", "PictureItem", "TextItem"]
    assert document.export_to_markdown(escape_html=False) == found["md"]
    assert doctags([figure_page()]) == document.export_to_doctags()


@pytest.mark.django_db
def test_docling_embeds_pictures(pictures):
    types = pytest.importorskip("docling_core.types.doc.document")
    found = docling(images=True)
    document = types.DoclingDocument.model_validate(found["json"])
    assert str(document.pictures[1].image.uri) == "data:image/jpeg;base64,/wI="
    embedded = document.export_to_markdown(image_mode="embedded", escape_html=False)
    assert embedded == found["md"]
    assert found["md"].count("](data:image/jpeg;base64,") == 2


def test_docling_clients_choose_the_pictures():
    def images(query: str) -> bool:
        return answer_form(QueryDict(query), "").images

    assert images("")
    assert not images("image_export_mode=placeholder")
    assert not images("include_images=false")
    with pytest.raises(OcrError, match="image_export_mode must be one of"):
        images("image_export_mode=all")


@pytest.mark.django_db
def test_mistral_links_images(pictures):
    models = pytest.importorskip("mistralai.client.models")
    options = AnswerOptions(images=True, blocks=True)
    second = figure_page(2)
    answers = page_answers(figure_job(), [figure_page(), second], options)
    first, other = (models.OCRPageObject.model_validate(answer) for answer in answers)
    assert [image.id for image in first.images] == ["img-0.jpeg", "img-1.jpeg"]
    assert [image.id for image in other.images] == ["img-2.jpeg", "img-3.jpeg"]
    assert first.images[0].image_base64 == "data:image/jpeg;base64,/wE="
    assert (first.images[0].top_left_x, first.images[0].bottom_right_y) == (50, 400)
    assert first.markdown.split("\n\n")[1:4] == ["![img-0.jpeg](img-0.jpeg)", "Growth", CAPTION]
    assert [part.type for part in first.blocks].count("image") == 2


@pytest.mark.django_db
def test_mistral_limits_images():
    def names(**limits: int) -> list[str]:
        [answer] = page_answers(figure_job(), [figure_page()], AnswerOptions(**limits))
        assert all(image["image_base64"] is None for image in answer["images"])
        return [image["id"] for image in answer["images"] if image["id"] in answer["markdown"]]

    assert names(most_images=1) == ["img-0.jpeg"]
    assert names(most_images=0) == []
    assert names(least_side=201) == []
    assert names(least_side=200) == ["img-0.jpeg", "img-1.jpeg"]


@pytest.mark.django_db
def test_unstructured_has_images_with_their_text(pictures):
    found = list(elements(figure_job(), [figure_page()], ElementOptions(True, images=True)))
    kinds = [(element["type"], element["text"]) for element in found]
    assert kinds == [
        ("NarrativeText", "Some text before"),
        ("Image", "Growth"),
        ("FigureCaption", CAPTION),
        ("Image", ""),
        ("NarrativeText", "Some text after"),
    ]
    metadata = found[1]["metadata"]
    assert (metadata["image_base64"], metadata["image_mime_type"]) == ("/wE=", "image/jpeg")
    assert metadata["coordinates"]["points"][2] == [450.0, 400.0]


@pytest.mark.django_db
def test_mineru_lists_and_packs_images(pictures):
    fields = {"return_content_list": "true", "return_images": "true"}
    found = mineru.contents(figure_job(), fields)
    items = [item for item in json.loads(found["content_list"]) if item["type"] == "image"]
    assert items[0]["image_caption"] == [CAPTION]
    assert items[0]["bbox"] == [62, 250, 562, 500]
    assert f"![]({items[1]['img_path']})" in found["md_content"]
    assert found["md_content"].count(CAPTION) == 1
    archive = zipfile.ZipFile(io.BytesIO(mineru.zipped({"page": found}).content))
    assert archive.read(f"page/{items[1]['img_path']}") == b"\xff\x02"


@pytest.mark.django_db
def test_paddlex_has_images_in_markdown(pictures):
    [result] = layout_results([figure_page()], FigurePictures(figure_job()))
    labels = [part["block_label"] for part in result["prunedResult"]["parsing_res_list"]]
    assert labels == ["text", "image", "text", "figure_title", "image", "text"]
    assert result["markdown"]["images"] == {
        "imgs/img_in_image_box_50_200_450_400.jpg": "/wE=",
        "imgs/img_in_image_box_500_500_700_700.jpg": "/wI=",
    }
    assert all(
        f'src="{path}"' in result["markdown"]["text"] for path in result["markdown"]["images"]
    )


def test_plain_markdown_has_captions_only():
    text = document_markdown([figure_page()])
    assert CAPTION in text
    assert "image" not in text


class AzureTests(SiteTestCase):
    def result(self, model: str, output: str) -> dict[str, Any]:
        self.job = figure_job(visitor=OPERATION)
        self.path = f"/documentintelligence/documentModels/{model}/analyzeResults/{OPERATION}"
        answer = self.client.get(f"{self.path}?outputContentFormat={output}")
        return answer.json()["analyzeResult"]

    def test_figures_are_spans_of_the_markdown(self):
        data = self.result("prebuilt-layout", "markdown")
        result = AnalyzeResult(data)
        chart, photo = result.figures
        self.assertEqual((chart.id, photo.id), ("1.1", "1.2"))
        self.assertEqual(chart.caption.content, CAPTION)
        self.assertEqual(chart.bounding_regions[0].polygon[:2], [50, 200])
        [label] = [result.paragraphs[int(each.split("/")[-1])] for each in chart.elements]
        self.assertEqual(label.content, "Growth")
        whole = self.text(result, chart.spans[0])
        self.assertTrue(whole.startswith("<figure>\n<figcaption>Figure 1. Growth"), whole)
        self.assertTrue(whole.endswith("\n</figure>"), whole)
        self.assertEqual(self.text(result, photo.spans[0]), "<figure>\n</figure>")
        self.assertIn("/figures/0", result.sections[0].elements)
        for paragraph in result.paragraphs:
            self.assertTrue(self.text(result, paragraph.spans[0]))

    def test_figures_leave_plain_text_as_it_is(self):
        data = self.result("prebuilt-layout", "text")
        self.assertEqual(len(data["figures"]), 2)
        self.assertEqual(data["content"].count("Growth"), 2)
        self.assertNotIn("figure>", data["content"])

    def test_the_read_model_has_none(self):
        self.assertNotIn("figures", self.result("prebuilt-read", "text"))

    def test_the_picture_of_a_figure(self):
        self.result("prebuilt-layout", "text")
        answer = self.client.get(f"{self.path}/figures/1.2")
        self.assertEqual(answer["Content-Type"], "image/png")
        picture = Image.open(io.BytesIO(answer.content))
        self.assertEqual((picture.size, picture.getpixel((100, 100))), ((200, 200), GREEN))
        self.assertEqual(self.client.get(f"{self.path}/figures/1.3").status_code, 404)
        other = self.path.replace(OPERATION, str(uuid.uuid4()))
        self.assertEqual(self.client.get(f"{other}/figures/1.1").status_code, 404)

    @staticmethod
    def text(result: AnalyzeResult, span: Any) -> str:
        return result.content[span.offset : span.offset + span.length]
