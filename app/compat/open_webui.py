"""Open WebUI's external document loader: `PUT /process`. docs/compat/open-webui.md"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.markdown import markdown_of
from app.compat.shared.raw_body import RawBodyParser, raw_file
from app.compat.shared.recognition import recognize
from app.compat.shared.view import CompatView
from app.models import Job
from app.ocr.result import Page
from app.services.history import entries


class ProcessView(CompatView):
    switch = "COMPAT_OPEN_WEBUI"
    authentication_classes = [ClientKeyAuthentication]
    parser_classes = [RawBodyParser]

    def put(self, request: Request) -> Response:
        """Returns one document, or a list with one per page, so that Open WebUI can cite pages."""
        name = unquote(request.headers.get("X-Filename", ""))
        job = recognize(request, raw_file(request), name=name)
        documents = [document(job, page) for page in entries.pages(job=job)]
        return Response(documents[0] if len(documents) == 1 else documents)


def document(job: Job, page: Page) -> dict[str, Any]:
    metadata = {
        "source": job.upload.name,
        "content_type": job.upload.media_type,
        "page": page.number - 1,
        "page_label": str(page.number),
        "total_pages": job.pages_total,
    }
    return {"page_content": markdown_of(page), "metadata": metadata}
