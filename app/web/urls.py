"""The pages. The root and the API's paths are shared with others: see onlineocr/urls.py."""

from __future__ import annotations

from django.urls import path

from .views import account, entry, files, history, upload

urlpatterns = [
    path("", upload.UploadView.as_view(), name="upload"),
    path("read/", upload.UploadView.as_view(), name="recognize"),
    path("visit/", upload.begin_visit, name="begin-visit"),
    path("history/", history.history, name="history"),
    path("history/<uuid:pk>/", entry.entry, name="entry"),
    path("history/<uuid:pk>/delete/", history.delete_entry, name="delete-entry"),
    path("history/<uuid:pk>/file/", files.original, name="original"),
    path("history/<uuid:pk>/export/<slug:name>/", files.export, name="export"),
    path(
        "history/<uuid:pk>/pages/<int:number>/picture/",
        files.preview,
        {"size": "page"},
        name="page-picture",
    ),
    path(
        "history/<uuid:pk>/pages/<int:number>/thumbnail/",
        files.preview,
        {"size": "thumbnail"},
        name="page-thumbnail",
    ),
    path(
        "history/<uuid:pk>/thumbnail/",
        files.preview,
        {"size": "thumbnail", "number": 1},
        name="thumbnail",
    ),
    path("account/", account.account, name="account"),
    path("account/delete/", account.delete_account, name="delete-account"),
]
