"""Paths of the vendor APIs. `catch_all` must come after all other paths of the site."""

from __future__ import annotations

import re

from django.urls import path, re_path, register_converter

from . import (
    image_label,
    mineru,
    ocr_process,
    ocrserver,
    onlineocr_images,
    open_webui,
    path_key,
    status,
    stirling,
    tesseract_server,
    version,
)
from .aws import s3
from .azure import document, image_analysis, not_served, printed_text, read
from .docling import chunk_views as docling_chunks
from .docling import views as docling
from .google_vision import asynchronous
from .google_vision import views as google_vision
from .image_sync import views as image_sync
from .mistral import views as mistral
from .ocr_space import views as ocr_space
from .openai_chat import views as openai_chat
from .paddlex import views as paddlex
from .tika import views as tika
from .umi_ocr import urls as umi_ocr
from .unstructured import views as unstructured

register_converter(path_key.KeySegment, "key_segment")


def any_case(path: str) -> str:
    """Pattern that ignores case; a flag would do, but Django cannot reverse it."""
    return re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", path)


urlpatterns = [
    # Old services
    re_path("^image-sync/?$", image_sync.SyncView.as_view()),
    re_path("^image/?$", image_sync.AsyncView.as_view()),
    path("image_label", image_label.ImageLabelView.as_view(), name="image-label"),
    path("generate_api_key", ocr_process.GenerateKeyView.as_view()),
    path("ocr_process", ocr_process.ProcessView.as_view()),
    path("batch_process", ocr_process.BatchView.as_view()),
    path("history-images/<str:token>/<path:name>", onlineocr_images.image, name="old-image"),
    # OCR.space
    re_path(f"^{any_case('parse/image')}/?$", ocr_space.ParseView.as_view(), name="ocr-space"),
    re_path(
        f"^{any_case('parse/imageurl')}/?$",
        ocr_space.ParseUrlView.as_view(),
        name="ocr-space-url",
    ),
    path("parse/pdf/<str:token>", ocr_space.SearchablePdfView.as_view()),
    # Google Cloud Vision
    re_path(
        f"{google_vision.ROOT}images:annotate$",
        google_vision.ImagesView.as_view(),
        name="google-images",
    ),
    re_path(
        f"{google_vision.ROOT}files:annotate$",
        google_vision.FilesView.as_view(),
        name="google-files",
    ),
    *asynchronous.urlpatterns,
    # AWS; Textract and Rekognition are at POST / (root.py)
    path("s3/<str:bucket>/<path:key>", s3.ObjectView.as_view()),
    # Azure
    *read.urlpatterns,
    *printed_text.urlpatterns,
    *image_analysis.urlpatterns,
    *document.urlpatterns,
    *not_served.urlpatterns,
    # tesseract-server and ocrserver
    path("tesseract", tesseract_server.TesseractView.as_view()),
    path("base64", ocrserver.Base64View.as_view()),
    path("file", ocrserver.FileView.as_view()),
    path("status", status.StatusView.as_view()),
    re_path(r"^\.well-known/health/(?P<kind>healthy|live|ready)$", status.HealthView.as_view()),
    # Document parsers
    *docling.urlpatterns,
    *docling_chunks.urlpatterns,
    *mistral.urlpatterns,
    *openai_chat.urlpatterns,
    *tika.urlpatterns,
    path("version", version.VersionView.as_view()),
    *unstructured.urlpatterns,
    re_path("^api/v1/misc/ocr-pdf/?$", stirling.OcrPdfView.as_view()),
    *paddlex.urlpatterns,
    path("file_parse", mineru.FileParseView.as_view()),
    *umi_ocr.urlpatterns,
    path("process", open_webui.ProcessView.as_view()),
]
catch_all = [path("<key_segment:key>", path_key.PathKeyView.as_view(), name="path-key")]
