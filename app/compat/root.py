"""The root path, which serves a page and three vendor APIs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from app.compat.image_sync.views import WELCOME
from app.http.errors import accepts_html

from .aws.views import AwsView
from .path_key import PathKeyView

path_key = PathKeyView.as_view()
aws = AwsView.as_view()


def root_view(page: Any) -> Any:
    """The view of `/`, wrapped around the given page, whose own forms post elsewhere.

    Programs that do not accept HTML get the old service's greeting.
    """

    @csrf_exempt  # the vendor APIs take keys, never cookies
    def root(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST":
            return aws(request) if "X-Amz-Target" in request.headers else path_key(request)
        if settings.COMPAT_IMAGE_SYNC and not accepts_html(request):
            response: HttpResponseBase = JsonResponse(WELCOME, safe=False)
        else:
            response = page(request)
        patch_vary_headers(response, ["Accept"])
        return response

    return root
