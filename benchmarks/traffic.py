"""Clients that send one request after the other, and statistics of their answers."""

from __future__ import annotations

import asyncio
import io
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

import httpx

# Percentages of requests by kind.
KINDS = {"history": 80, "image": 15, "pdf": 5}
HISTORY = ["", "?page=7", "?search=zanzibar", "?ordering=-confidence", "?engine=tesseract"]
PDF_PAGES = 10
VARIANTS = 8  # distinct pictures and documents
FINE = {"200", "429", "503"}
LONGEST_WAIT = 2.0  # in seconds; limits Retry-After


class Traffic:
    """seconds: of each success, by kind. answers: number of each status or error, by kind."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.answers: dict[str, Counter[str]] = defaultdict(Counter)
        self.chance = random.Random(1)

    async def run(self, clients: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        await asyncio.gather(*(self.visit(deadline) for _ in range(clients)))

    async def visit(self, deadline: float) -> None:
        """Runs one client until the deadline."""
        while time.monotonic() < deadline:
            kind = self.chance.choices(list(KINDS), KINDS.values())[0]
            started = time.perf_counter()
            try:
                response, name = await self.answer(self.request(kind))
            except httpx.TransportError as error:
                self.answers[kind][type(error).__name__] += 1
                continue
            self.answers[kind][name] += 1
            if response.is_success:
                self.seconds[kind].append(time.perf_counter() - started)
            else:
                wait = float(response.headers.get("Retry-After", 0))
                await asyncio.sleep(min(LONGEST_WAIT, wait))

    async def answer(self, request: httpx.Request) -> tuple[httpx.Response, str]:
        """The final answer and its name; after a 202, waits for the job."""
        response = await self.client.send(request)
        name = name_of(response)
        if response.status_code != 202:
            return response, name
        job = response.headers["Location"]
        while response.is_success and response.json()["status"] in {"queued", "running"}:
            response = await self.client.get(job, params={"wait": 20})
        return response, f"202, then {name_of(response)}"

    def request(self, kind: str) -> httpx.Request:
        if kind == "history":
            return self.client.build_request("GET", "/api/history/" + self.chance.choice(HISTORY))
        name = "page.png" if kind == "image" else "pages.pdf"
        content = self.chance.choice(pictures() if kind == "image" else documents())
        return self.client.build_request("POST", "/api/ocr/", files={"image": (name, content)})

    def errors(self) -> list[str]:
        """Answers that must not occur, even under load."""
        names = {name for answers in self.answers.values() for name in answers}
        return sorted(name for name in names if name.split(", then ")[-1] not in FINE)


def name_of(response: httpx.Response) -> str:
    """The answer's status, with a remark if a required Retry-After is missing."""
    status = str(response.status_code)
    silent = response.status_code in {429, 503} and "Retry-After" not in response.headers
    return f"{status} without Retry-After" if silent else status


def percentile(seconds: Sequence[float], share: float) -> float:
    """The percentile of the times; 0 if there are none."""
    return sorted(seconds)[int(len(seconds) * share)] if seconds else 0.0


@cache
def pictures() -> list[bytes]:
    """Small pictures, drawn only once, so that drawing does not take time from the site."""
    return [
        _saved([_drawn(f"Invoice {n:06}\nTotal {n * 7}.50 EUR")], "PNG") for n in range(VARIANTS)
    ]


@cache
def documents() -> list[bytes]:
    return [
        _saved([_drawn(f"Document {n}\npage {page}") for page in range(PDF_PAGES)], "PDF")
        for n in range(VARIANTS)
    ]


def _drawn(text: str) -> Any:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (800, 240), 255)
    ImageDraw.Draw(image).multiline_text((40, 40), text, 0, ImageFont.load_default(40))
    return image


def _saved(pages: list[Any], format: str) -> bytes:
    more = {"save_all": True, "append_images": pages[1:]} if pages[1:] else {}
    stream = io.BytesIO()
    pages[0].save(stream, format, resolution=150, **more)
    return stream.getvalue()
