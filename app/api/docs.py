"""OpenAPI description: the site, error responses and parameters that several operations share."""

from __future__ import annotations

from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from drf_yasg import openapi
from drf_yasg.generators import OpenAPISchemaGenerator
from drf_yasg.inspectors import SwaggerAutoSchema
from drf_yasg.utils import swagger_auto_schema
from drf_yasg.views import get_schema_view
from rest_framework import permissions
from rest_framework.authentication import SessionAuthentication

API_INFO = openapi.Info(
    title="onlineocr",
    default_version="v1",
    description=(
        "Text from images and PDFs.\n\n"
        "Sign in with **Authorize**. `Key` takes an API key, which begins with `oo_` and is made "
        "under [API keys](/account/keys/) of the account; programs send it as `X-API-Key: oo_…` "
        "or `Authorization: Bearer oo_…`. `Basic` takes user name and password; for `Bearer` get "
        "a token from `/api/token_obtain_pair/` and enter `Bearer <access>`. Without signing in "
        "`POST /api/ocr/` works for small files.\n\n"
        'Errors are `{"detail": "…", "code": "…"}`; where a field is to blame, '
        '`{"<field>": ["…"]}`.'
    ),
    license=openapi.License("MIT"),
)


class Generator(OpenAPISchemaGenerator):
    """Describes each path only once, without its `.json` suffix."""

    def get_endpoints(self, request: Any) -> Any:
        endpoints = super().get_endpoints(request)
        return {path: found for path, found in endpoints.items() if "{format}" not in path}


schema_view = get_schema_view(
    API_INFO,
    public=True,
    permission_classes=[permissions.AllowAny],
    authentication_classes=[SessionAuthentication],  # the frame of the page shows the account
    generator_class=Generator,
)

# Swagger UI and ReDoc set inline styles and start workers from blobs; scripts are still only ours.
docs_csp = csp_update({"style-src": [UNSAFE_INLINE], "worker-src": ["blob:"]})

MEANINGS = {
    400: "The request is not valid; the answer names the field.",
    401: "Sign in first, or the token is not valid.",
    403: "Not allowed.",
    404: "Not found, or not yours.",
    409: "Not possible in the present state.",
    413: "The file is too large.",
    415: "The body's content type is not understood.",
    422: "The file could not be processed.",
    429: "Too many requests; try again after the seconds in Retry-After.",
    503: "The site is busy or out of order; try again after the seconds in Retry-After.",
}

boxes_parameter = openapi.Parameter(
    "boxes",
    openapi.IN_QUERY,
    "Include blocks, lines and words with their boxes in `pages`.",
    type=openapi.TYPE_BOOLEAN,
    default=False,
)
format_parameter = openapi.Parameter(
    "format",
    openapi.IN_QUERY,
    "Answer with a file instead of JSON: a name from GET /api/exports/.",
    type=openapi.TYPE_STRING,
)
visitor_parameter = openapi.Parameter(
    "visitor",
    openapi.IN_QUERY,
    "The secret from the 202 answer, for jobs sent without an account.",
    type=openapi.TYPE_STRING,
)


def error_responses(*codes: int) -> dict[int, str]:
    """Descriptions of these statuses, for `responses` of swagger_auto_schema."""
    return {code: MEANINGS[code] for code in codes}


def visitor_operation(
    summary: str,
    answers: dict[int, Any],
    errors: tuple[int, ...],
    *parameters: openapi.Parameter,
    **options: Any,
) -> Any:
    """Decorator for operations on one job or batch, which visitors may also call.

    answers: descriptions by status. errors: further statuses. options: passed to
    swagger_auto_schema.
    """
    return swagger_auto_schema(
        operation_summary=summary,
        manual_parameters=[*parameters, visitor_parameter],
        responses={**answers, **error_responses(*errors)},
        **options,
    )


class SiteSchema(SwaggerAutoSchema):
    """Groups operations by the first noun of their path."""

    def get_tags(self, operation_keys: list[str] | None = None) -> list[str]:
        nouns = [key for key in operation_keys or self.operation_keys if key != "api"]
        return [self.overrides.get("tags", nouns)[0]]


class UploadSchema(SiteSchema):
    """Shows the form, because Swagger 2 cannot show that the same fields may be sent as JSON."""

    def get_consumes(self) -> list[str]:
        return ["multipart/form-data"]
