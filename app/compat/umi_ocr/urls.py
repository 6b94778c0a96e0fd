"""Umi-OCR's paths, below /api/, where every path works with and without a trailing slash.

They are apart because documents.py imports views.py, and the paths need both.
"""

from __future__ import annotations

from django.urls import path, re_path

from . import documents, views
from .dispatch import OWN_PATH

urlpatterns = [
    path(OWN_PATH.lstrip("/"), views.OcrView.as_view()),
    re_path("^api/(?:ocr|doc)/get_options/?$", views.OptionsView.as_view()),
    re_path("^api/qrcode/?$", views.QrCodeView.as_view()),
    re_path("^api/doc/upload/?$", documents.UploadView.as_view()),
    re_path("^api/doc/result/?$", documents.ResultView.as_view()),
    re_path("^api/doc/download/?$", documents.DownloadView.as_view()),
    re_path(r"^api/doc/download/(?P<token>[\w:-]+)/?$", documents.FileView.as_view()),
    re_path(r"^api/doc/clear/(?P<task>[\w-]+)/?$", documents.ClearView.as_view()),
]
