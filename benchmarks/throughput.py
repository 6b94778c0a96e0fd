"""Pages per second of many mixed documents, and CER: the whole site against other programs.

    python -m benchmarks.throughput [--pages 100] [--cores 2] [--ocrmypdf /path/of/ocrmypdf]
        [--readers ours ocrmypdf rapidocr]

Every reader gets the same drawn files and as many processes as cores. Twice as many clients use the
site over HTTP, which also stores everything and makes previews. OCRmyPDF runs with the options of
paperless-ngx, but without unpaper and PDF/A. RapidOCR gets pixels. Site and RapidOCR are warmed up
with a page. CPU seconds are those of all processes of a reader.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from statistics import mean
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.memory import family
from benchmarks.readers import plain_pictures
from benchmarks.scoring import score
from benchmarks.stack import running_site
from benchmarks.throughput_pages import Document, make_documents

Read = Callable[[Path], str]
# No limits and no reuse of results: every file is recognized.
SITE = {
    "RATE_ANONYMOUS": "0",
    "QUOTA_ANONYMOUS": "0",
    "REUSE_DAYS": "0",
    "SYNC_SECONDS": "300",
    "ANONYMOUS_MAX_BYTES": "50000000",
}
# OCRmyPDF's options in paperless-ngx 2 by default, except for PDF/A, which takes more time.
PAPERLESS = (
    *("--language", "eng", "--output-type", "pdf", "--skip-text", "--deskew", "--rotate-pages"),
    *("--rotate-pages-threshold", "12", "--image-dpi", "300", "--jobs", "1", "--quiet"),
)


@dataclass(frozen=True)
class Reader:
    """read: text of a file, called concurrently. cpu: seconds used by its processes so far."""

    read: Read
    cpu: Callable[[], float]
    clients: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--cores", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--readers", nargs="+", default=list(READERS), choices=list(READERS))
    parser.add_argument("--ocrmypdf", default="ocrmypdf")
    arguments = parser.parse_args()
    print(
        "| reader | pages | seconds | pages/s | CPU s a page | CER % |\n|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory(prefix="onlineocr-mail-") as folder:
        documents = make_documents(Path(folder), arguments.pages)
        for name in arguments.readers:
            with READERS[name](arguments) as reader:
                reader.read(documents[0].path)
                print(row(name, reader, documents), flush=True)


def row(name: str, reader: Reader, documents: Sequence[Document]) -> str:
    began, cpu = time.perf_counter(), reader.cpu()
    with ThreadPoolExecutor(reader.clients) as clients:
        texts = list(clients.map(reader.read, [document.path for document in documents]))
    seconds, cpu = time.perf_counter() - began, reader.cpu() - cpu
    pages = sum(len(document.truths) for document in documents)
    error = mean(map(error_of, texts, documents))
    times = f"{seconds:.1f} | {pages / seconds:.2f} | {cpu / pages:.2f}"
    return f"| {name} | {pages} | {times} | {100 * error:.2f} |"


def error_of(text: str, document: Document) -> float:
    return score(text, document.truth, metric="cer", unspaced=False).error


@contextmanager
def ours(arguments: argparse.Namespace) -> Iterator[Reader]:
    with running_site(**SITE, WORKERS=str(arguments.cores)) as site:
        clients = 2 * arguments.cores
        with httpx.Client(base_url=site.url, timeout=600) as client:  # type: ignore[attr-defined]
            yield Reader(partial(_over_http, client), partial(_cpu_of_site, site), clients)


def _over_http(client: httpx.Client, path: Path) -> str:
    answer = client.post("/api/ocr/", files={"image": (path.name, path.read_bytes())})
    answer.raise_for_status()
    while answer.status_code == httpx.codes.ACCEPTED:
        time.sleep(0.5)
        answer = client.get(answer.headers["Location"].replace("/?", "/result/?"))
    text: str = answer.json()["text"]
    return text


def _cpu_of_site(site: Any) -> float:
    """Processor seconds of the running processes and of children that they waited for."""
    ticks = 0
    for pid in family(site):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15]))  # utime, stime, cutime, cstime
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def ocrmypdf(arguments: argparse.Namespace) -> Iterator[Reader]:
    def read(path: Path) -> str:
        with tempfile.TemporaryDirectory() as folder:
            sidecar, out = Path(folder, "text.txt"), Path(folder, "out.pdf")
            command = [arguments.ocrmypdf, *PAPERLESS, "--sidecar", sidecar, path, out]
            subprocess.run(command, check=True)
            return sidecar.read_text(encoding="utf-8")

    yield Reader(read, _cpu_of_children, arguments.cores)


@contextmanager
def rapidocr(arguments: argparse.Namespace) -> Iterator[Reader]:
    with ProcessPoolExecutor(arguments.cores) as processes:
        list(processes.map(_warm_rapidocr, range(arguments.cores)))

        def read(path: Path) -> str:
            return processes.submit(_read_with_rapidocr, path).result()

        yield Reader(read, partial(_cpu_of_pool, processes), arguments.cores)


def _read_with_rapidocr(path: Path) -> str:
    results = [_rapidocr()(pixels[:, :, ::-1]) for pixels in plain_pictures(path)]
    return "\n\n".join("\n".join(result.txts or ()) for result in results)


def _warm_rapidocr(number: int) -> None:
    _rapidocr()
    time.sleep(1)  # so that every process gets a call


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR

    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": 1}
    return RapidOCR(params={"Global.log_level": "error", **threads})


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cpu_of_pool(processes: ProcessPoolExecutor) -> float:
    return sum(processes.map(_own_cpu, range(processes._max_workers)))


def _own_cpu(number: int) -> float:
    time.sleep(0.2)  # so that every process gets a call
    return time.process_time()


READERS = {"ours": ours, "ocrmypdf": ocrmypdf, "rapidocr": rapidocr}

if __name__ == "__main__":
    main()
