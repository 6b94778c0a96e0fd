"""Pictures of the first onlineocr's history: signed links that open without a login.

Only with COMPAT_ONLINEOCR, whose history contains them. docs/compat/onlineocr.md
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from app.http.downloads import upload_response
from app.services.history import image_links


@require_safe
def image(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """name: unused; makes the URL end like a file name. Raises Http404."""
    job = image_links.job_of(token=token) if settings.COMPAT_ONLINEOCR else None
    if job is None:
        raise Http404
    return upload_response(job.upload)
