from __future__ import annotations

import io
import json
import logging
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import override_settings

from app.logs import log_context, loggable_path, logging_config
from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD, image_file, text_png


def capture(form: str) -> tuple[logging.Handler, io.StringIO]:
    """A handler as the site configures it, and what it writes."""
    config = logging.config.DictConfigurator(logging_config(form=form, level="DEBUG"))
    parts = config.config
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = parts["formatters"][form]
    handler.setFormatter(config.configure_formatter(formatter))
    handler.addFilter(config.configure_filter(parts["filters"]["context"]))
    return handler, stream


class Logged:
    """Everything that is logged in the block, at every level."""

    def __init__(self, form: str = "json") -> None:
        self.handler, self.stream = capture(form)

    def __enter__(self) -> Logged:
        root = logging.getLogger()
        self.level = root.level
        root.setLevel(logging.DEBUG)
        root.addHandler(self.handler)
        return self

    def __exit__(self, *args: object) -> None:
        logging.getLogger().removeHandler(self.handler)
        logging.getLogger().setLevel(self.level)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]


def test_a_json_line_has_time_level_logger_ids_and_what_extra_says():
    with Logged() as logged, log_context(request_id="r1"), log_context(job_id="j1"):
        logging.getLogger("app.x").warning("two\nlines %s", "“”", extra={"pages": 3})
    (line,) = logged.lines
    assert line.pop("time")
    assert line == {
        "level": "WARNING",
        "logger": "app.x",
        "message": "two\nlines “”",
        "request_id": "r1",
        "job_id": "j1",
        "pages": 3,
    }


def test_a_plain_line_ends_with_the_ids():
    with Logged("line") as logged:
        with log_context(job_id="j1"):
            logging.getLogger("app.x").info("inside")
        logging.getLogger("app.x").info("outside")
    first, second = logged.text.splitlines()
    assert first.endswith("INFO app.x inside job_id=j1")
    assert second.endswith("INFO app.x outside")


@pytest.mark.parametrize(
    ("path", "kwargs", "expected"),
    [
        ("/history/", {}, "/history/"),
        ("/mykey", {"key": "mykey"}, "/***"),
        ("/share/abc/", {"token": "abc"}, "/share/***/"),
        ("/typo/" + "x" * 43, {}, "/typo/***"),
        ("/é\x1b[31m\r\nnext", {}, r"/\xe9\x1b[31m\r\nnext"),
    ],
)
def test_paths_without_secrets(path, kwargs, expected):
    request = SimpleNamespace(path=path, resolver_match=SimpleNamespace(kwargs=kwargs))
    assert loggable_path(request) == expected


def test_ids_of_entries_stay_in_paths():
    path = f"/history/{uuid4()}/"
    assert loggable_path(SimpleNamespace(path=path, resolver_match=None)) == path


class RequestLogTests(SiteTestCase):
    def test_answer_and_lines_carry_the_request_id(self):
        with override_settings(LOG_FORMAT="json"), Logged() as logged:
            response = self.client.get(
                "/health/live?secret=1", headers={"X-Request-ID": "abc-12345"}
            )
        assert response["X-Request-ID"] == "abc-12345"
        line = next(line for line in logged.lines if line["logger"] == "app.request")
        assert line["request_id"] == "abc-12345"
        assert (line["method"], line["path"], line["status"]) == ("GET", "/health/live", 200)
        assert "secret" not in logged.text

    def test_a_malicious_request_id_is_replaced(self):
        response = self.client.get("/health/live", headers={"X-Request-ID": "<script> " * 20})
        assert len(response["X-Request-ID"]) == 16

    def test_a_job_is_found_by_the_request_that_sent_it(self):
        with Logged() as logged:
            response = self.send(image_file())
        line = next(line for line in logged.lines if line["message"].endswith("submitted"))
        assert line["request_id"] == response["X-Request-ID"]
        assert line["job_id"] in logged.text

    def send(self, image):
        return self.api(self.alice).post("/api/ocr/", {"image": image}, format="multipart")

    def test_no_text_no_password_no_key_is_logged_at_any_level(self):
        secrets = ["Zanzibar", PASSWORD, "wrong-password-77", "my-little-key"]
        with override_settings(LOG_FORMAT="json"), Logged() as logged:
            image = image_file(content=text_png("Zanzibar 2026"))
            api = self.api(self.alice)
            answer = api.post(
                "/api/ocr/", {"image": image, "title": "Zanzibar"}, format="multipart"
            )
            assert "Zanzibar" in answer.content.decode()
            entry = answer.json()["id"]
            api.patch(f"/api/history/{entry}/", {"corrected_text": "Zanzibar!"})
            api.get("/api/history/?search=Zanzibar")
            api.get(f"/api/history/{entry}/export/txt/")
            self.client.post("/my-little-key", {"image": "x"})
            self.client.get("/api/history/", headers={"X-API-Key": "my-little-key"})
            for password in (PASSWORD, "wrong-password-77"):
                self.client.post("/account/login/", {"login": "alice", "password": password})
                body = {"username": "alice", "password": password}
                self.client.post("/api/token/", body, content_type="application/json")
        assert logged.text.count("app.request") >= 9
        assert [secret for secret in secrets if secret in logged.text] == []
