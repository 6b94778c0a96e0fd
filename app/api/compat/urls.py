"""Paths of the contracts. `catch_all` comes after everything else the site answers."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from . import image_label, image_sync, ocr_process, path_key

register_converter(path_key.KeySegment, "key_segment")

urlpatterns = [
    # Old services
    path("image-sync", image_sync.SyncView.as_view()),
    re_path("^image/?$", image_sync.AsyncView.as_view()),
    path("image_label", image_label.ImageLabelView.as_view()),
    path("generate_api_key", ocr_process.GenerateKeyView.as_view()),
    path("ocr_process", ocr_process.ProcessView.as_view()),
    path("batch_process", ocr_process.BatchView.as_view()),
]
catch_all = [path("<key_segment:key>", path_key.PathKeyView.as_view())]
