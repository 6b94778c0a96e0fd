"""unstructured: the requests of Dify, Flowise and LangChain, and the SDK."""

from __future__ import annotations

import base64
import csv
import io
import itertools
import json
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from app.compat.unstructured.chunk_groups import ChunkOptions
from app.compat.unstructured.chunks import chunks
from app.compat.unstructured.elements import ElementOptions, elements
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase

from .conftest import Account
from .pictures import LINES, job_with, page_file, page_png, table_page, two_page_pdf

URL = "/general/v0/general"


class GeneralTests(SiteTestCase):
    def send(self, headers: dict[str, str] | None = None, **fields):
        fields = {"files": page_file(), **fields}
        return self.client.post(URL, fields, headers=headers or {})

    def test_elements(self):
        [element] = self.send(strategy="hi_res", languages=["eng", "xyz"]).json()
        self.assertEqual((element["type"], element["text"]), ("NarrativeText", LINES))
        self.assertRegex(element["element_id"], "^[0-9a-f]{32}$")
        expected = {
            "filename": "page.png",
            "filetype": "image/png",
            "page_number": 1,
            "languages": ["eng"],
        }
        self.assertEqual(element["metadata"], expected)

    def test_coordinates(self):
        [element] = self.send(coordinates="true").json()
        found = element["metadata"]["coordinates"]
        self.assertEqual(found["system"], "PixelSpace")
        top_left, bottom_left, bottom_right, top_right = found["points"]
        self.assertEqual((top_left[0], top_right[0]), (bottom_left[0], bottom_right[0]))
        self.assertLess(top_left[1], bottom_left[1])
        self.assertLess(bottom_right[0], found["layout_width"])

    def test_pages(self):
        pdf = SimpleUploadedFile("two.pdf", two_page_pdf())
        answer = self.send(files=pdf, include_page_breaks="true", starting_page_number="5").json()
        found = [(element["type"], element["metadata"]["page_number"]) for element in answer]
        self.assertEqual(found, [("NarrativeText", 5), ("PageBreak", 6), ("NarrativeText", 6)])
        self.assertEqual(len({element["element_id"] for element in answer}), 3)

    def test_several_files_and_csv(self):
        both = self.send(files=[page_file(), page_file()]).json()
        self.assertEqual([element["text"] for [element] in both], [LINES, LINES])
        answer = self.send(output_format="text/csv")
        [row] = csv.DictReader(io.StringIO(answer.content.decode()))
        self.assertEqual((row["text"], row["page_number"]), (LINES, "1"))

    def test_kinds_of_blocks(self):
        page = table_page()
        found = list(elements(job_with(page, self.alice), [page], ElementOptions()))
        title, table, item, foot = found
        kinds = [element["type"] for element in found]
        self.assertEqual(kinds, ["Title", "Table", "ListItem", "Footer"])
        self.assertIn("<td>$ 4.50</td>", table["metadata"]["text_as_html"])
        for element in (table, item):
            self.assertEqual(element["metadata"]["parent_id"], title["element_id"])
        self.assertNotIn("parent_id", foot["metadata"])

    def test_flowise(self):
        """Flowise's defaults, by_title among them."""
        [chunk] = self.send(strategy="hi_res", chunking_strategy="by_title").json()
        self.assertEqual(chunk["type"], "CompositeElement")
        self.assertEqual(chunk["text"], " ".join(LINES.split()))
        [element] = unpacked(chunk)
        self.assertEqual(element["text"], LINES)
        [small] = self.send(
            chunking_strategy="basic", max_characters="1500", include_orig_elements="false"
        ).json()
        self.assertNotIn("orig_elements", small["metadata"])

    def test_langchain_adds_the_path_again(self):
        answer = self.client.post(f"{URL}{URL}", {"files": page_file()})
        self.assertEqual([each["text"] for each in answer.json()], [LINES])

    def test_keys(self):
        _, token = api_keys.create(owner=self.alice, name="k")
        with override_settings(ANONYMOUS_OCR=False):
            self.assertEqual(self.send({"unstructured-api-key": token}).status_code, 200)
            for headers in ({}, {"unstructured-api-key": "x"}):
                answer = self.send(headers)
                self.assertEqual((answer.status_code, set(answer.json())), (401, {"detail"}))

    def test_bad_requests(self):
        for fields in (
            {"files": ""},
            {"files": SimpleUploadedFile("a.txt", b"text")},
            {"strategy": "best"},
            {"chunking_strategy": "by_page"},
            {"chunking_strategy": "basic", "max_characters": "x"},
            {"chunking_strategy": "basic", "max_characters": "100", "overlap": "50"},
            {"output_format": "xml"},
            {"starting_page_number": "x"},
        ):
            answer = self.send(**fields)
            self.assertEqual((answer.status_code, set(answer.json())), (400, {"detail"}), fields)

    @override_settings(COMPAT_UNSTRUCTURED=False)
    def test_switch(self):
        self.assertEqual(self.send().status_code, 404)


def unpacked(chunk: dict[str, Any]) -> list[dict[str, Any]]:
    return json.loads(zlib.decompress(base64.b64decode(chunk["metadata"]["orig_elements"])))


def made(kind: str, text: str, page: int = 1) -> dict[str, Any]:
    metadata = {"filename": "a", "filetype": "b", "page_number": page, "languages": ["eng"]}
    return {"type": kind, "element_id": text[:5], "text": text, "metadata": metadata}


def texts(elements: list[dict[str, Any]], **options: Any) -> list[str]:
    return [chunk["text"] for chunk in chunks(elements, ChunkOptions(**options))]


SECTIONS = [
    made("Title", "One"),
    made("NarrativeText", "alpha beta"),
    made("Title", "Two"),
    made("NarrativeText", "gamma", 2),
    made("Table", "x\ty", 2),
    made("NarrativeText", "delta", 2),
]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"by_title": False}, ["One\n\nalpha beta\n\nTwo\n\ngamma", "x y", "delta"]),
        (
            {"by_title": True, "combine_under": 0},
            ["One\n\nalpha beta", "Two\n\ngamma", "x y", "delta"],
        ),
        ({"by_title": True}, ["One\n\nalpha beta\n\nTwo\n\ngamma", "x y", "delta"]),
        (
            {"by_title": True, "combine_under": 0, "multipage": False},
            ["One\n\nalpha beta", "Two", "gamma", "x y", "delta"],
        ),
        ({"by_title": False, "most": 18}, ["One\n\nalpha beta", "Two\n\ngamma", "x y", "delta"]),
        (
            {"by_title": False, "enough": 4},
            ["One\n\nalpha beta", "Two\n\ngamma", "x y", "delta"],
        ),
        (
            {"by_title": False, "most": 18, "overlap": 4, "overlap_all": True},
            ["One\n\nalpha beta", "beta\n\nTwo\n\ngamma", "x y", "delta"],
        ),
    ],
)
def test_chunks(options, expected):
    assert texts(SECTIONS, **options) == expected


def test_text_is_cut_between_words():
    words = [f"word{number}" for number in range(40)]
    found = texts([made("NarrativeText", " ".join(words))], by_title=False, most=30)
    assert " ".join(found).split() == words
    assert max(map(len, found)) <= 30
    overlapping = texts(
        [made("NarrativeText", " ".join(words))], by_title=False, most=30, overlap=7
    )
    for before, after in itertools.pairwise(overlapping):
        assert after.startswith(before.split()[-1])
    assert texts([made("NarrativeText", "汉" * 70)], by_title=False, most=30) == [
        "汉" * 30,
        "汉" * 30,
        "汉" * 10,
    ]


def test_tables_keep_their_html_while_they_are_whole():
    table = made("Table", "a\tb\nc\td")
    table["metadata"]["text_as_html"] = "<table>…</table>"
    [whole] = chunks([table], ChunkOptions(by_title=False))
    assert (whole["type"], whole["metadata"]["text_as_html"]) == ("Table", "<table>…</table>")
    parts = list(chunks([table], ChunkOptions(by_title=False, most=4)))
    assert [part["type"] for part in parts] == ["TableChunk", "TableChunk"]
    assert [part["metadata"].get("is_continuation") for part in parts] == [None, True]
    assert unpacked(parts[1]) == [table]


@pytest.mark.parametrize("split", [False, True])
def test_unstructured_client(account: Account, split: bool):
    """With split_pdf_page the SDK sends the pages of a PDF in several requests."""
    client = pytest.importorskip("unstructured_client")
    content, name = (two_page_pdf(), "two.pdf") if split else (page_png(), "page.png")
    sdk = client.UnstructuredClient(server_url=account.url, api_key_auth=account.key)
    parameters = {"files": {"content": content, "file_name": name}, "split_pdf_page": split}
    answer = sdk.general.partition(
        request={"partition_parameters": {**parameters, "strategy": "auto"}}
    )
    found = [(element["text"], element["metadata"]["page_number"]) for element in answer.elements]
    assert found == ([(LINES, 1), (LINES, 2)] if split else [(LINES, 1)])
