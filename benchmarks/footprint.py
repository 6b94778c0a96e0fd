"""Start-up time and memory of the whole site: nginx, uWSGI, worker and recognizing processes.

    python -m benchmarks.footprint [--profiles small full] [--pdf-pages 20] [--start]

Prints the time until the site answers on its first start and on a restart; then the times of a
picture sent right after the restart, of one sent five seconds after another restart, and the median
of later ones. Without --start it also prints megabytes (proportional set size: shared pages count
once) while pages are read, sampled every 0.1 s, and afterwards. Each profile has its own folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.direction_texts import SCRIPTS
from benchmarks.memory import memory
from benchmarks.speed import make_pictures
from benchmarks.stack import running_site
from benchmarks.throughput import SITE

WARM_ROUNDS, REST_SECONDS = 5, 5
FONT = "DejaVuSans.ttf"  # has Arabic letters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", nargs="+", default=["small", "full"])
    parser.add_argument("--pdf-pages", type=int, default=20)
    parser.add_argument("--start", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onlineocr-pages-") as folder:
        pictures = make_pictures(Path(folder), arguments.pdf_pages)
        small = pictures.pop("small screenshot")
        pictures.pop("12-megapixel photo")
        pictures["Arabic page"] = arabic_page(Path(folder))
        for profile in arguments.profiles:
            variables = {**SITE, "OCR_PROFILE": profile, "WORKERS": "0", "WEB_PROCESSES": "1"}
            began = time.perf_counter()
            with running_site(**variables) as site:
                print(f"\nProfile {profile}, new tables: {time.perf_counter() - began:.1f} s")
                print_starts(site, variables, small)
                if not arguments.start:
                    print_memory(site, pictures)


def print_starts(site: Any, variables: dict[str, str], small: Path) -> None:
    seconds, at_once = restart(site, variables), read(site, small)
    print(f"Started again: {seconds:.1f} s, a picture at once {1000 * at_once:.0f} ms")
    restart(site, variables)
    time.sleep(REST_SECONDS)
    first, *later = (read(site, small) for _ in range(1 + WARM_ROUNDS))
    print(f"First picture later: {1000 * first:.0f} ms, next ones {1000 * median(later):.0f} ms\n")


def restart(site: Any, variables: dict[str, str]) -> float:
    """Restarts the site; returns the seconds until it answers."""
    site.stop()
    began = time.perf_counter()
    site.start(**variables)
    return time.perf_counter() - began


def print_memory(site: Any, pictures: dict[str, Path]) -> None:
    print("| read | seconds | MB peak | MB after |\n|---|---|---|---|")
    print(f"| nothing but small pictures | | | {memory(site)} |")
    for name, path in pictures.items():
        with peak(site) as highest:
            seconds = read(site, path)
        print(f"| {name} | {seconds:.1f} | {highest[0]} | {memory(site)} |", flush=True)


def read(site: Any, path: Path) -> float:
    """Recognizes a file; returns the seconds until its text is received."""
    began = time.perf_counter()
    with httpx.Client(base_url=site.url, timeout=600) as client:
        answer = client.post(
            "/api/ocr/", files={"image": (path.name, path.read_bytes())}, data={"language": "auto"}
        )
        while answer.status_code == httpx.codes.ACCEPTED:
            time.sleep(0.2)
            answer = client.get(answer.headers["Location"].replace("/?", "/result/?"))
        answer.raise_for_status()
    return time.perf_counter() - began


@contextmanager
def peak(site: Any) -> Iterator[list[int]]:
    """A list whose only element becomes the peak memory of the site in MB."""
    highest, ended = [0], threading.Event()

    def sample() -> None:
        while not ended.wait(0.1):
            highest[0] = max(highest[0], memory(site))

    sampler = threading.Thread(target=sample)
    sampler.start()
    try:
        yield highest
    finally:
        ended.set()
        sampler.join()


def arabic_page(folder: Path) -> Path:
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1654, 2339), 255)
    font = ImageFont.truetype(FONT, 44)
    sentences = next(script.sentences for script in SCRIPTS if script.name == "Arabic")
    for line in range(24):
        text = sentences[line % len(sentences)]
        ImageDraw.Draw(page).text((1500, 150 + 85 * line), text, 0, font, anchor="ra")
    page.save(folder / "arabic.png")
    return folder / "arabic.png"


if __name__ == "__main__":
    main()
