"""Commands from the README files of the old services, on the running site."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from app.tests.conftest import require_program

from .conftest import SITE_KEY, Account
from .pictures import LINES, page_base64, page_png

TEXT = LINES + "\n"
JSON = ("-H", "Content-Type: application/json")


class Curl:
    """curl in a folder with page.png; body.json has the argument `sent`."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.program = require_program("curl")
        (folder / "page.png").write_bytes(page_png())

    def __call__(self, path: str, *arguments: str) -> Any:
        """The JSON of a 200 answer."""
        command = [self.program, "--silent", "--fail-with-body", *arguments, self.url + path]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        return json.loads(done.stdout)

    def sent(self, path: str, body: dict[str, Any], *arguments: str) -> Any:
        (self.folder / "body.json").write_text(json.dumps(body))
        return self(path, *JSON, "-d", "@body.json", *arguments)


@pytest.fixture
def curl(account: Account, tmp_path: Path) -> Curl:
    return Curl(account.url, tmp_path)


def test_path_key(curl):
    answer = curl(f"/{SITE_KEY}", "-F", "image=@page.png", "-F", "id=7")
    assert answer == {"id": "7", "text": [*LINES.split("\n"), ""]}


def test_onlineocr(curl, account):
    login = ":".join(account.login)
    answer = curl("/api/ocr/", "-F", "image=@page.png", "-u", login)
    assert answer["content"].strip() == LINES
    assert curl("/api/history/", "-u", login)["results"][0]["file_name"] == "page.png"


def test_image_sync(curl):
    assert curl("/").startswith("Welcome to the OCR app!")
    assert curl.sent("/image-sync", {"image_data": page_base64()}) == {"text": TEXT}


def test_image_async(curl):
    task = curl.sent("/image", {"image_data": page_base64()})
    assert task["task_id"]
    for _ in range(600):
        answer = curl.sent("/image", task, "-X", "GET")
        if answer["task_id"] is not None:
            break
        time.sleep(0.1)
    assert answer == {"task_id": TEXT}


def test_image_label(curl):
    answer = curl.sent(f"/image_label?key={SITE_KEY}", {"base64string": page_base64()})
    assert answer == {"Ocr_Output": LINES.split("\n")}


def test_ocr_process(curl, account):
    login = ":".join(account.login)
    key = curl.sent("/generate_api_key", {"user_id": "u1"}, "-u", login)["api_key"]
    headers = ("-H", f"api_key: {key}", "-H", "user_id: u1")
    answer = curl("/ocr_process", *headers, "-F", "image=@page.png")
    assert answer == {"recognized_text": TEXT}
    answer = curl.sent("/batch_process", {"image_paths": ["/data/page.png"]}, *headers)
    assert answer == {"batch_results": [TEXT]}


def test_tesseract_server(curl):
    answer = curl("/tesseract", "-F", 'options={"languages":["eng"]}', "-F", "file=@page.png")
    assert answer["data"]["stdout"] == TEXT + "\f"
    assert curl("/status")["data"]["version"]


def test_ocrserver(curl):
    assert curl.sent("/base64", {"base64": page_base64()})["result"] == LINES
    assert curl("/file", "-F", "file=@page.png")["result"] == LINES
