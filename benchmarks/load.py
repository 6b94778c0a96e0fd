"""Mixed traffic against nginx, uWSGI and workers on loopback: errors, percentiles, memory.

    python -m benchmarks.load [--clients 1 4 16 64] [--seconds 60] [--entries 2000]

80 % history reads, 15 % small images, 5 % ten-page PDFs. Each client sends its next request when
the last one is answered; after a 429 or 503 it waits as long as Retry-After says, at most 2 s.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.stack import memory, running_site, seed

KINDS = {"history": 80, "image": 15, "pdf": 5}
HISTORY = ["", "?page=7", "?search=zanzibar", "?ordering=-confidence", "?engine=tesseract"]
PDF_PAGES = 10


class Load:
    """What a number of clients sends and gets for some seconds."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.statuses: dict[str, Counter[str]] = defaultdict(Counter)
        self.chance = random.Random(1)

    async def run(self, clients: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        await asyncio.gather(*(self.visit(deadline) for _ in range(clients)))

    async def visit(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            kind = self.chance.choices(list(KINDS), KINDS.values())[0]
            request = {"history": self.history, "image": self.image, "pdf": self.pdf}[kind]()
            started = time.perf_counter()
            try:
                response = await self.client.send(request)
            except httpx.TransportError as error:
                self.statuses[kind][type(error).__name__] += 1
                continue
            self.statuses[kind][str(response.status_code)] += 1
            if response.is_success:
                self.seconds[kind].append(time.perf_counter() - started)
            else:
                await asyncio.sleep(min(2, int(response.headers.get("Retry-After", 0))))

    def history(self) -> httpx.Request:
        return self.client.build_request("GET", "/api/history/" + self.chance.choice(HISTORY))

    def image(self) -> httpx.Request:
        content = picture(f"Invoice {self.chance.random():.6f}\nTotal 12.50 EUR")
        return self.upload("page.png", content)

    def pdf(self) -> httpx.Request:
        return self.upload("pages.pdf", document(f"Page {self.chance.random():.6f}"))

    def upload(self, name: str, content: bytes) -> httpx.Request:
        files = {"image": (name, content)}
        return self.client.build_request("POST", "/api/ocr/", files=files)

    def report(self, clients: int) -> None:
        for kind in KINDS:
            seconds = sorted(self.seconds[kind])
            p50 = statistics.median(seconds) if seconds else 0
            p95 = seconds[int(len(seconds) * 0.95)] if seconds else 0
            statuses = ", ".join(f"{n} x {code}" for code, n in self.statuses[kind].most_common())
            print(f"{clients:>7} {kind:<8} {p50:>7.3f} {p95:>7.3f}  {statuses}", flush=True)


def picture(text: str) -> bytes:
    stream = io.BytesIO()
    drawn(text).save(stream, "PNG")
    return stream.getvalue()


def document(text: str) -> bytes:
    pages = [drawn(f"{text} of document\nnumber {number}") for number in range(PDF_PAGES)]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return stream.getvalue()


def drawn(text: str) -> Any:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (800, 240), 255)
    ImageDraw.Draw(image).multiline_text((40, 40), text, 0, ImageFont.load_default(40))
    return image


async def measure(site: Any, token: str, clients: int, seconds: float) -> None:
    limits = httpx.Limits(max_connections=clients)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(
        base_url=site.url, headers=headers, timeout=300, limits=limits
    ) as client:
        load = Load(client)
        await load.run(clients, seconds)
    load.report(clients)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4, 16, 64])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--entries", type=int, default=2000)
    arguments = parser.parse_args()
    with running_site(WORKERS="0", RATE_ACCOUNT="0", QUOTA_ACCOUNT="0") as site:
        token = seed(site, arguments.entries)
        asyncio.run(measure(site, token, 2, 10))  # processes and models are warm afterwards
        print("memory at start:", memory(site), "MB\nclients kind         p50     p95  answers")
        for clients in arguments.clients:
            asyncio.run(measure(site, token, clients, arguments.seconds))
            print(f"{clients:>7} memory {memory(site)} MB", flush=True)


if __name__ == "__main__":
    main()
