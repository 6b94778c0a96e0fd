"""Bodies checked as FastAPI checks them, with its 422 answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from app.http.json_bodies import parsed_json


class InvalidBody(Exception):
    """`problem` is one entry of the 422 answer's `detail` list."""

    def __init__(self, kind: str, loc: list[str | int], msg: str, value: Any, **more: Any) -> None:
        super().__init__(msg)
        self.problem = {"type": kind, "loc": loc, "msg": msg, "input": value, **more}


def body_text(request: HttpRequest, field: str) -> str:
    """The text field of a JSON body. Raises InvalidBody."""
    body = _json_body(request)
    if not isinstance(body, dict):
        msg = "Input should be a valid dictionary or object to extract fields from"
        raise InvalidBody("model_attributes_type", ["body"], msg, body)
    if field not in body:
        raise InvalidBody("missing", ["body", field], "Field required", body)
    value = body[field]
    if not isinstance(value, str):
        msg = "Input should be a valid string"
        raise InvalidBody("string_type", ["body", field], msg, value)
    return value


def _json_body(request: HttpRequest) -> Any:
    if not request.body:
        raise InvalidBody("missing", ["body"], "Field required", None)
    text = request.body.decode(errors="replace")
    if request.content_type and not request.content_type.endswith("json"):
        return text
    try:
        return parsed_json(text)
    except ValueError as error:
        place, message = getattr(error, "pos", 0), getattr(error, "msg", str(error))
        raise InvalidBody(
            "json_invalid", ["body", place], "JSON decode error", {}, ctx={"error": message}
        ) from error
