"""`/generate_api_key`, `/ocr_process` and `/batch_process`. docs/compat/ocr-process.md"""

from __future__ import annotations

import re
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import File
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_simplejwt.authentication import JWTAuthentication

from app.compat.shared.recognition import recognize_pages, tesseract_text
from app.compat.shared.view import CompatView, Failure, fields_of
from app.engines.registry import NAMES
from app.http.authentication import BasicAuthentication, KeyAuthentication, authenticate_key
from app.models import ApiKey, Scope
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services.accounts import api_keys
from app.services.history import entries, lookups

UUID_TEXT = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KEY_NAME = "ocr_process user_id "
BATCH_FILES = 20


class HeaderKeyAuthentication(KeyAuthentication):
    """Headers `api_key` and `user_id`, with underscore or hyphen: WSGI treats both alike."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        token = request.headers.get("api-key", "")
        if not token:
            return None
        owner, key = authenticate_key(request, token)
        if request.headers.get("user-id", "") not in user_ids(key):
            raise OcrError("invalid_key", "The key belongs to another user_id.")
        return owner, key


def user_ids(key: ApiKey) -> set[str]:
    """Valid `user_id`s: the id that the key was made for, or else its owner's name or number."""
    if key.name.startswith(KEY_NAME):
        return {key.name.removeprefix(KEY_NAME)}
    return {key.owner.username, str(key.owner.pk)}


class OcrProcessView(CompatView):
    switch = "COMPAT_OCR_PROCESS"

    def failure(self, failure: Failure) -> HttpResponse:
        if failure.code == "key_missing":
            return Response({"error": "API key required"}, 401)
        if failure.about_key:
            return Response({"error": "Invalid API key"}, 403)
        return Response({"error": failure.message}, failure.status)


class GenerateKeyView(OcrProcessView):
    """Makes a new key for a user_id; it replaces the one that the same caller made before.

    The old service gave a key to any caller, which COMPAT_OPEN_KEYS allows. Without that setting
    the caller must sign in or send the site's key.
    """

    authentication_classes = [BasicAuthentication, KeyAuthentication, JWTAuthentication]

    def anonymous_allowed(self) -> bool:
        return bool(settings.COMPAT_OPEN_KEYS)

    def post(self, request: Request) -> Response:
        user_id = fields_of(request).get("user_id")
        if not user_id or len(str(user_id)) > 64:
            return Response({"error": "User ID required"}, 400)
        owner = self.owner(request, str(user_id))
        _, token = api_keys.replace(
            owner=owner,
            name=f"{KEY_NAME}{user_id}",
            token=secrets.token_hex(16),
            scopes=[Scope.OCR],
        )
        return Response({"api_key": token})

    def owner(self, request: Request, user_id: str) -> User:
        """The caller's account; for the site's key and anonymous callers, one per user_id."""
        if isinstance(request.auth, ApiKey) and request.user.username != api_keys.SERVICE_ACCOUNT:
            raise OcrError("key_scope", "A key cannot make keys.")
        if request.user.is_authenticated and request.user.username != api_keys.SERVICE_ACCOUNT:
            return request.user
        return api_keys.client_account(name=user_id)


class ProcessView(OcrProcessView):
    authentication_classes = [HeaderKeyAuthentication]
    key_required = True

    def post(self, request: Request) -> Response:
        image = fields_of(request).get("image")
        if not isinstance(image, File):
            return Response({"error": "No image provided"}, 400)
        return Response({"recognized_text": read(request, image)})


class BatchView(ProcessView):
    max_files = BATCH_FILES

    def post(self, request: Request) -> Response:
        images = request.FILES.getlist("images")
        if images:
            return Response({"batch_results": [read(request, image) for image in images]})
        paths = fields_of(request).get("image_paths")
        if not paths or not isinstance(paths, list):
            return Response({"error": "No image paths provided"}, 400)
        return Response({"batch_results": [own_text(request.user, path) for path in paths]})


def read(request: Request, image: File) -> str:
    """Text of the image. `method`, in the form or the query, names the engine."""
    method = fields_of(request).get("method") or request.query_params.get("method") or "auto"
    if method not in NAMES:
        raise OcrError("bad_option", "Unsupported OCR method.")
    options = Options(engine=method)
    return tesseract_text(recognize_pages(request, image, options, name=image.name or ""))


def own_text(user: User, path: Any) -> str:
    """Text of the caller's own upload, given by id, URL or file name.

    The old service opened any path on its disk; own uploads are the safe part of that.
    """
    text = str(path)
    found_id = UUID_TEXT.search(text)
    if found_id:
        job = lookups.own_result(owner=user, pk=UUID(found_id[0]))
    else:
        job = lookups.own_result(owner=user, file_name=text.rpartition("/")[2])
    if job is None:
        raise OcrError("bad_option", f"You have no upload “{text[:100]}”.")
    return tesseract_text(entries.pages(job=job))
