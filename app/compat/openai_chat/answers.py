"""Chat completions: the Markdown of the pictures, at once or as a stream of events."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.compat.shared.markdown import PAGE_BREAK, markdown_of
from app.ocr.languages import first_tag
from app.ocr.result import Page

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion. front_matter: YAML before the text, as olmOCR's model writes it."""

    pages: Sequence[Page]
    model: str
    front_matter: bool = False
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def render(self) -> Json:
        message = {"role": "assistant", "content": "".join(self.parts()), "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {**self._head("chat.completion"), "choices": [choice], "usage": self._usage()}

    def events(self, *, include_usage: bool) -> Iterator[bytes]:
        """Server-sent events; each page's text is one."""
        yield self._event({"role": "assistant", "content": ""})
        for part in self.parts():
            yield self._event({"content": part})
        yield self._event({}, "stop")
        if include_usage:
            yield _data(
                {**self._head("chat.completion.chunk"), "choices": [], "usage": self._usage()}
            )
        yield b"data: [DONE]\n\n"

    def parts(self) -> Iterator[str]:
        """The text in parts: front matter if wanted, then one per page."""
        if self.front_matter:
            yield front_matter(self.pages)
        separator = ""
        for page in self.pages:
            if text := markdown_of(page):
                yield separator + text
                separator = PAGE_BREAK

    def _head(self, kind: str) -> Json:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}

    def _event(self, delta: Json, reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return _data({**self._head("chat.completion.chunk"), "choices": [choice]})

    def _usage(self) -> Json:
        """Usage in words: recognition has no tokens."""
        words = sum(1 for page in self.pages for _ in page.words)
        return {"prompt_tokens": 0, "completion_tokens": words, "total_tokens": words}


def front_matter(pages: Sequence[Page]) -> str:
    """YAML in olmOCR's form; pages are upright by now, so no rotation is left to correct."""
    language = first_tag(code for page in pages for code in page.languages)
    blocks = [block for page in pages for block in page.blocks]
    tables = sum(len(block.text) for block in blocks if block.kind == "table")
    is_table = tables * 2 > sum(len(block.text) for block in blocks)
    return (
        f"---\nprimary_language: {language or 'null'}\nis_rotation_valid: True\n"
        f"rotation_correction: 0\nis_table: {is_table}\nis_diagram: False\n---\n"
    )


def _data(body: Json) -> bytes:
    return f"data: {json.dumps(body)}\n\n".encode()
