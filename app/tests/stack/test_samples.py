"""Samples of the developers' pages, run exactly as shown, on a real site."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.tests.conftest import require_program
from app.tests.factories import PASSWORD, encoded, text_png
from app.web.developers.contracts import CONTRACTS, Contract
from app.web.developers.samples import KEY, LANGUAGES, TASKS, samples_of

from .conftest import site_folder
from .site import Site, free_port

pytestmark = pytest.mark.stack

SECONDS = 120
PROGRAMS = {"sh": "bash", "py": sys.executable, "mjs": "node"}
CELLS = [["Article", "Amount"], ["Lamp", "12"], ["Rope", "340"]]
SHELL = [entry for entry in CONTRACTS if entry.line.startswith("curl ")]


@dataclass(frozen=True, slots=True)
class Account:
    url: str
    key: str
    webhook_secret: str


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with site_folder("serve") as site:
        site.start(OUTBOUND_ALLOWED_HOSTS="127.0.0.1")
        yield site
        site.stop()


@pytest.fixture(scope="module")
def account(site: Site) -> Account:
    login = ("alice", PASSWORD)
    with httpx.Client(base_url=site.url, timeout=SECONDS, auth=login) as client:
        client.post("/api/register/", json={"username": login[0], "password": login[1]}, auth=None)
        key = client.post("/api/keys/", json={"name": "samples"}).json()["key"]
        secret = client.get("/api/webhooks/secret/").json()["secret"]
    return Account(site.url, key, secret)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.png").write_bytes(text_png("Hello world 2026"))
    (tmp_path / "second.png").write_bytes(text_png("Another page"))
    return tmp_path


def table_png() -> bytes:
    picture = Image.new("RGB", (640, 260), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(32)
    for row, texts in enumerate(CELLS):
        for column, text in enumerate(texts):
            left, top = 20 + 300 * column, 20 + 70 * row
            pen.rectangle((left, top, left + 300, top + 70), outline="black", width=3)
            pen.text((left + 20, top + 16), text, "black", font)
    return encoded(picture)


def filled(code: str, account: Account) -> str:
    return code.replace(KEY, account.key).replace("whsec_YOUR_SECRET", account.webhook_secret)


def program(task: str, ending: str, account: Account, folder: Path) -> list[str]:
    [wanted] = [task_ for task_ in TASKS if task_.name == task]
    samples = {sample.ending: sample for sample in samples_of(wanted, site=account.url)}
    path = folder / f"sample.{ending}"
    path.write_text(filled(samples[ending].code, account))
    return [str(require_program(PROGRAMS[ending])), path.name]


def output(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("ending", LANGUAGES)
class TestSamples:
    def test_text(self, account, folder, ending):
        assert "Hello world 2026" in output(program("text", ending, account, folder), folder)

    def test_searchable_pdf(self, account, folder, ending):
        output(program("pdf", ending, account, folder), folder)
        assert (folder / "searchable.pdf").read_bytes().startswith(b"%PDF")

    def test_table(self, account, folder, ending):
        (folder / "page.png").write_bytes(table_png())
        said = output(program("table", ending, account, folder), folder)
        if ending == "sh":
            with zipfile.ZipFile(folder / "tables.xlsx") as workbook:
                said = workbook.read("xl/sharedStrings.xml").decode()
            assert all(text in said for text in ("Article", "Lamp", "Rope"))
        else:
            assert "1\t0\tLamp" in said
            assert "2\t1\t340" in said

    def test_batch(self, account, folder, ending):
        output(program("batch", ending, account, folder), folder)
        with zipfile.ZipFile(folder / "texts.zip") as archive:
            texts = " ".join(archive.read(name).decode() for name in archive.namelist())
        assert "Hello world" in texts
        assert "Another page" in texts


@pytest.mark.parametrize("ending", ["py", "mjs"])
def test_webhook_is_sent_and_its_receiver_knows_it(account, folder, ending):
    port = free_port()
    receiver = program("webhook", ending, account, folder)
    code = (folder / receiver[1]).read_text()
    assert "8000" in code
    (folder / receiver[1]).write_text(code.replace("8000", str(port)))
    with subprocess.Popen(receiver, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            command = program("webhook", "sh", account, folder)
            script = folder / command[1]
            callback = f"http://127.0.0.1:{port}/done"
            script.write_text(
                script.read_text().replace("https://your-server.example.org/done", callback)
            )
            entry = json.loads(output(command, folder))["id"]
            received = process.stdout.readline()
        finally:
            process.kill()
    assert received.split() == ["job.done", f"{account.url}/api/jobs/{entry}/"]


@pytest.mark.parametrize("contract", SHELL, ids=lambda entry: entry.switch)
def test_line_of_a_contract(account, folder, contract: Contract):
    line = filled(contract.line_at(account.url), account).replace("YOUR_NAME", "alice")
    script = folder / "line.sh"
    script.write_text(line.replace("curl ", "curl --fail-with-body -sS ", 1))
    said = output(["bash", str(script)], folder)
    if "-o searchable.pdf" in line:
        assert (folder / "searchable.pdf").read_bytes().startswith(b"%PDF")
    else:
        assert "Hello" in said


def test_every_contract_has_a_line():
    """APIs without a curl sample are tested with their own clients, in app/tests/compat."""
    assert {entry.switch for entry in CONTRACTS} - {entry.switch for entry in SHELL} == {
        "COMPAT_TEXTRACT"
    }
