"""Our parsers answer any input with a value or their own error, and in time."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from rest_framework.exceptions import ValidationError

from app.api.serializers.fields import (
    BoxField,
    BoxListField,
    LanguagesField,
    WordsField,
    decode_base64,
)
from app.exports.pdf.metadata import without_metadata
from app.ocr.errors import OcrError
from app.ocr.images import sniff
from app.ocr.options import parse_languages
from app.ocr.page_ranges import select_pages
from app.services.accounts import api_keys
from app.services.batches.archives import files_of_zip
from app.services.outbound import check_url
from app.services.stored_files import clean_name
from app.tests.factories import make_user

# The same examples in every run, and no clock: machines that run tests may be busy.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=8,
)
# Nearly valid input finds more than noise.
RANGES = st.from_regex(r"[0-9,\- ]{0,30}", fullmatch=True) | st.text(max_size=30)
BOXES = st.from_regex(r"[0-9,;. \-]{0,30}", fullmatch=True) | JSON


@given(
    st.binary(max_size=200), st.booleans(), st.booleans(), st.sampled_from(["", "data:;base64,"])
)
def test_base64_in_any_of_its_forms(content, url_safe, padded, prefix):
    encode = base64.urlsafe_b64encode if url_safe else base64.b64encode
    text = encode(content).decode()
    assert decode_base64(prefix + (text if padded else text.rstrip("="))) == content


@given(st.text(max_size=100))
def test_what_is_no_base64(text):
    with suppress(ValueError):
        assert isinstance(decode_base64(text), bytes)


@given(RANGES, st.integers(1, 10**6), st.integers(1, 500))
def test_page_ranges(text, count, limit):
    try:
        pages = select_pages(text, count, limit)
    except OcrError as error:
        assert error.code in ("bad_pages", "too_many_pages")  # noqa: PT017
        return
    assert 0 < len(pages) <= limit
    assert all(1 <= page <= count for page in pages)


@given(BOXES)
def test_regions(data):
    try:
        left, top, width, height = BoxField().run_validation(data)
    except ValidationError:
        return
    assert min(left, top) >= 0
    assert min(width, height) >= 1


@pytest.mark.parametrize("field", [BoxListField(), LanguagesField(), WordsField()])
@given(data=BOXES)
def test_lists_of_options(field, data):
    with suppress(ValidationError):
        assert isinstance(field.run_validation(data), tuple)


@given(st.text(max_size=60))
def test_languages_are_never_paths(text):
    try:
        codes = parse_languages(text)
    except OcrError:
        return
    assert len(codes) <= 8
    assert not any(code.startswith(("/", ".")) or ".." in code for code in codes)


@given(st.binary(max_size=64))
def test_types_are_told_from_any_bytes(head):
    assert sniff(head) is None or "/" in sniff(head)


@given(st.text(max_size=400))
def test_names_stay_names(text):
    name = clean_name(text)
    assert len(name) <= 255
    assert not set(name) & set("/\\\r\n\x00")


@given(st.text(max_size=60).map("http://{}".format) | st.text(max_size=60))
def test_urls(url):
    try:
        check_url(url)
    except OcrError as error:
        assert error.code == "bad_url"  # noqa: PT017


@given(
    st.binary(max_size=80).map(b"\xff\xd8".__add__), st.sampled_from(["image/jpeg", "image/jp2"])
)
def test_metadata_of_any_bytes(data, media_type):
    assert len(without_metadata(data, media_type)) <= len(data)


class ZipTests(TestCase):
    @settings(max_examples=300)
    @given(
        st.lists(st.tuples(st.text(min_size=1, max_size=20), st.binary(max_size=50)), max_size=4),
        st.integers(0, 400),
        st.integers(0, 255),
    )
    def test_damaged_archives(self, entries, at, value):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in dict(entries).items():
                archive.writestr(zipfile.ZipInfo(name), content)
        data = bytearray(stream.getvalue())
        data[at % len(data)] = value
        try:
            for file in files_of_zip(ContentFile(bytes(data)), max_bytes=100):
                assert (file.content is None) == (file.error is not None)
        except OcrError as error:
            self.assertIn(error.code, ("bad_archive", "too_many_files", "file_too_large"))


CONTRACTS = (
    "/image-sync",
    "/image",
    "/image_label?key={key}",
    "/generate_api_key",
    "/batch_process",
    "/v1/images:annotate?key={key}",
    "/v1/files:annotate?key={key}",
    "/vision/v3.2/read/analyze",
    "/computervision/imageanalysis:analyze?api-version=2024-02-01&features=read",
    "/documentintelligence/documentModels/prebuilt-read:analyze?api-version=2024-11-30",
    "/base64",
    "/v1/convert/source",
    "/v1/convert/source/async",
    "/v1/ocr",
    "/v1/chat/completions",
    "/ocr",
    "/layout-parsing",
    "/predict/ocr_system",
    "/umi-ocr/api/ocr/",
    "/api/qrcode",
    "/api/doc/result",
    "/{key}",
    "/api/ocr/",
    "/api/batches/",
    "/api/keys/",
    "/api/register/",
)
# Field names of vendor APIs, so that random values reach the code behind them.
FIELDS = (
    "image image_data base64string user_id image_paths requests content features imageContext url "
    "base64Source language type pages inputConfig mimeType source imageUri base64 files scopes "
    "networks expires_at name username password sources options kind target document document_url "
    "image_url file_id messages role user file images id json"
).split()
BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["AAAA"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=10,
)


class BodyTests(TestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(BODIES, st.sampled_from(["valid", "cut", "utf-16", "nested"]))
    def test_no_body_makes_a_server_error(self, data, form):
        text = json.dumps([data] if form == "nested" else data)
        body = {"cut": text[:-1].encode(), "utf-16": text.encode("utf-16")}.get(form, text.encode())
        _, token = api_keys.create(owner=make_user(), name="fuzz")
        headers = {"X-API-Key": token, "api-key": token, "Ocp-Apim-Subscription-Key": token}
        for path in CONTRACTS:
            response = self.client.post(
                path.format(key=token), body, content_type="application/json", headers=headers
            )
            # One old service answered bad images with 500, which its clients expect.
            old = path in ("/image-sync", "/image") and set(response.json()) == {"detail"}
            assert response.status_code < 500 or old, (path, body, response.content)
