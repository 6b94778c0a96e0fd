"""OpenAI's chat: the requests of paperless-gpt and olmOCR, and the SDK."""

from __future__ import annotations

import base64
import json
from typing import Any
from unittest.mock import patch

import pytest
from django.test import override_settings

from app.compat.openai_chat.answers import Completion, front_matter
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import make_page

from .conftest import Account
from .pictures import LINES, page_base64, table_page, two_page_pdf

CHAT = "/v1/chat/completions"
PICTURE = {
    "type": "image_url",
    "image_url": {"url": f"data:image/png;base64,{page_base64()}", "detail": "high"},
}
OLMOCR_PROMPT = (
    "Attached is one page of a document that you must process. Return your output as markdown, "
    "with a front matter section on top specifying values for the primary_language, "
    "is_rotation_valid, rotation_correction, is_table, and is_diagram parameters."
)


class ChatTests(SiteTestCase):
    def chat(self, *parts: Any, headers: dict[str, str] | None = None, **body: Any):
        body = {"model": "onlineocr", "messages": [{"role": "user", "content": parts}], **body}
        return self.client.post(CHAT, body, "application/json", headers=headers or {})

    def test_models(self):
        models = self.client.get("/v1/models").json()
        entry = {"id": "onlineocr", "object": "model", "created": 0, "owned_by": "onlineocr"}
        [model] = models["data"]
        self.assertEqual(models["object"], "list")
        self.assertLessEqual(entry.items(), model.items())
        self.assertEqual(self.client.get("/v1/models/a/b").json()["id"], "a/b")

    def test_paperless_gpt(self):
        text = {"type": "text", "text": "Just transcribe the text in this image."}
        answer = self.chat(text, PICTURE, model="gpt-4o", temperature=0, max_tokens=5).json()
        [choice] = answer["choices"]
        self.assertEqual(choice["message"]["role"], "assistant")
        self.assertEqual(choice["message"]["content"], LINES)
        self.assertEqual((choice["index"], choice["finish_reason"]), (0, "stop"))
        self.assertEqual((answer["object"], answer["model"]), ("chat.completion", "gpt-4o"))
        usage = answer["usage"]
        self.assertEqual(usage["total_tokens"], usage["prompt_tokens"] + usage["completion_tokens"])

    def test_olmocr_finds_its_front_matter(self):
        content = self.chat({"type": "text", "text": OLMOCR_PROMPT}, PICTURE).json()["choices"][0][
            "message"
        ]["content"]
        _, matter, text = content.split("---\n")
        values = dict(line.split(": ") for line in matter.splitlines())
        expected = {
            "primary_language": "en",
            "is_rotation_valid": "True",
            "rotation_correction": "0",
            "is_table": "False",
            "is_diagram": "False",
        }
        self.assertEqual((values, text), (expected, LINES))

    def test_several_pictures_and_pdf(self):
        pdf = "data:application/pdf;base64," + base64.b64encode(two_page_pdf()).decode()
        file = {"type": "file", "file": {"filename": "a.pdf", "file_data": pdf}}
        answer = self.chat(PICTURE, file).json()
        text = answer["choices"][0]["message"]["content"]
        self.assertEqual(text, "\n\n".join([LINES] * 3))

    def test_only_the_last_message_counts(self):
        messages = [
            {"role": "user", "content": [PICTURE]},
            {"role": "assistant", "content": "…"},
            {"role": "user", "content": "And in French?"},
        ]
        answer = self.chat(messages=messages)
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(answer.json()["error"]["code"], "no_image")

    def test_stream(self):
        options = {"stream": True, "stream_options": {"include_usage": True}}
        answer = self.chat(PICTURE, **options)
        self.assertEqual(answer["Content-Type"], "text/event-stream")
        lines = b"".join(answer.streaming_content).decode().split("\n\n")
        self.assertEqual(lines[-2:], ["data: [DONE]", ""])
        events = [json.loads(line.removeprefix("data: ")) for line in lines[:-2]]
        self.assertEqual({event["object"] for event in events}, {"chat.completion.chunk"})
        self.assertEqual(len({event["id"] for event in events}), 1)
        *deltas, last, usage = events
        text = "".join(event["choices"][0]["delta"]["content"] for event in deltas)
        self.assertEqual(text, LINES)
        self.assertEqual(last["choices"][0]["finish_reason"], "stop")
        self.assertEqual((usage["choices"], usage["usage"]["completion_tokens"]), ([], 8))

    def test_bad_requests(self):
        for parts in (
            [],
            [{"type": "text", "text": "Hello"}],
            [{"type": "image_url"}],
            [{"type": "image_url", "image_url": {"url": "data:image/png;base64,%"}}],
            [{"type": "image_url", "image_url": "http://127.0.0.1/a.png"}],
            [{"type": "file", "file": 3}],
            [PICTURE] * 11,
            ["x"],
        ):
            answer = self.chat(*parts)
            self.assertEqual(answer.status_code, 400, parts)
            error = answer.json()["error"]
            self.assertEqual(error["type"], "invalid_request_error")
            self.assertEqual(set(error), {"message", "type", "param", "code"})
        for body in (
            {"messages": "x"},
            {"messages": []},
            {"response_format": {"type": "json_object"}},
            {"n": 2},
            {"tools": [{}]},
        ):
            self.assertEqual(self.chat(PICTURE, **body).status_code, 400, body)

    def test_keys_and_limits(self):
        wrong = self.chat(PICTURE, headers={"Authorization": "Bearer sk-wrong"})
        self.assertEqual(wrong.status_code, 401)
        self.assertEqual(wrong.json()["error"]["code"], "invalid_api_key")
        _, token = api_keys.create(owner=self.alice, name="k")
        with override_settings(ANONYMOUS_OCR=False):
            self.assertEqual(self.chat(PICTURE).status_code, 401)
            answer = self.chat(PICTURE, headers={"Authorization": f"Bearer {token}"})
            self.assertEqual(answer.status_code, 200)
        with override_settings(RATE_ANONYMOUS=1):
            limited = [self.chat(PICTURE) for _ in range(2)][-1]
        self.assertEqual(limited.status_code, 429)
        self.assertEqual(limited.json()["error"]["type"], "rate_limit_error")
        self.assertIn("Retry-After", limited)

    def test_time_out(self):
        with patch("app.services.jobs.submit.start.deliver"), self.settings(SYNC_SECONDS=0):
            answer = self.chat(PICTURE)
        self.assertEqual(
            (answer.status_code, answer.json()["error"]["type"]), (504, "server_error")
        )

    @override_settings(COMPAT_OPENAI_CHAT=False)
    def test_switch(self):
        self.assertEqual(self.chat(PICTURE).status_code, 404)


def test_a_page_that_is_a_table_says_so():
    assert "is_table: False" in front_matter([make_page()])
    table = [block for block in table_page().blocks if block.kind == "table"]
    page = make_page("x")
    assert "is_table: True" in front_matter([type(page)(1, 600, 1000, tuple(table))])


def test_markdown_has_no_needless_escapes():
    text = Completion([table_page()], "m").render()["choices"][0]["message"]["content"]
    assert "| Tea_bag | $ 4.50 |" in text
    assert "\\" not in text


def test_openai_sdk(account: Account):
    openai = pytest.importorskip("openai")
    client = openai.OpenAI(base_url=f"{account.url}/v1", api_key=account.key)
    assert [model.id for model in client.models.list()] == ["onlineocr"]
    messages = [{"role": "user", "content": [{"type": "text", "text": "Read."}, PICTURE]}]
    answer = client.chat.completions.create(model="onlineocr", messages=messages)
    assert answer.choices[0].message.content == LINES
    stream = client.chat.completions.create(model="onlineocr", messages=messages, stream=True)
    parts = [chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices]
    assert "".join(parts) == LINES
    with pytest.raises(openai.BadRequestError):
        client.chat.completions.create(
            model="onlineocr", messages=[{"role": "user", "content": "Hello"}]
        )
    with pytest.raises(openai.AuthenticationError):
        openai.OpenAI(base_url=f"{account.url}/v1", api_key="sk-wrong").models.list()
