"""Every way to upload a file: the page, the API and each vendor API, as functions that send one."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

Send = Callable[[Client, str, bytes], Any]


def form(path: str, field: str, **more: str) -> Send:
    def send(client: Client, token: str, content: bytes) -> Any:
        data = {field: SimpleUploadedFile("scan.png", content), **more}
        return client.post(path.format(key=token), data, headers=keys(token))

    return send


def base64(path: str, build: Callable[[str], Any]) -> Send:
    def send(client: Client, token: str, content: bytes) -> Any:
        data = build(b64encode(content).decode())
        address = path.format(key=token)
        return client.post(address, data, content_type="application/json", headers=keys(token))

    return send


def raw(path: str) -> Send:
    def send(client: Client, token: str, content: bytes) -> Any:
        kind = "application/octet-stream"
        return client.post(path, content, content_type=kind, headers=keys(token))

    return send


def keys(token: str) -> dict[str, str]:
    """The key in every place where a vendor API accepts one."""
    return {
        "X-API-Key": token,
        "apikey": token,
        "api-key": token,
        "user-id": "alice",
        "x-goog-api-key": token,
        "Ocp-Apim-Subscription-Key": token,
    }


def annotate(text: str) -> Any:
    features = [{"type": "DOCUMENT_TEXT_DETECTION"}]
    return {"requests": [{"image": {"content": text}, "features": features}]}


def annotate_file(text: str) -> Any:
    features = [{"type": "DOCUMENT_TEXT_DETECTION"}]
    config = {"content": text, "mimeType": "image/tiff"}
    return {"requests": [{"inputConfig": config, "features": features}]}


UPLOAD_PATHS: dict[str, Send] = {
    "page": form("/read/", "image"),
    "API, form": form("/api/ocr/", "image"),
    "API, base64": base64("/api/ocr/", lambda text: {"image": text}),
    "API, body": raw("/api/ocr/"),
    "API, batch": form("/api/batches/", "images"),
    "image-sync": base64("/image-sync", lambda text: {"image_data": text}),
    "image": base64("/image", lambda text: {"image_data": text}),
    "image_label": base64("/image_label?key={key}", lambda text: {"base64string": text}),
    "ocr_process": form("/ocr_process", "image"),
    "batch_process": form("/batch_process", "images"),
    "path key": form("/{key}", "image"),
    "OCR.space, file": form("/parse/image", "file"),
    "OCR.space, base64": form("/parse/image", "base64Image"),
    "Google, image": base64("/v1/images:annotate", annotate),
    "Google, file": base64("/v1/files:annotate", annotate_file),
    "Azure, read": raw("/vision/v3.2/read/analyze"),
    "Azure, image": raw(
        "/computervision/imageanalysis:analyze?api-version=2024-02-01&features=read"
    ),
    "Azure, document": base64(
        "/documentintelligence/documentModels/prebuilt-read:analyze?api-version=2024-11-30",
        lambda text: {"base64Source": text},
    ),
    "tesseract-server": form("/tesseract", "file", options='{"languages": ["eng"]}'),
    "ocrserver, base64": base64("/base64", lambda text: {"base64": text}),
    "ocrserver, file": form("/file", "file"),
}
# Vendor APIs that answer 500 to files that are not pictures, as their clients expect.
OLD_500 = ("image-sync", "image")
