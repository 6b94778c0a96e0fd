from contextlib import ExitStack
from pathlib import Path

import requests

session = requests.Session()
session.headers["Authorization"] = "Bearer oo_YOUR_KEY"

with ExitStack() as stack:
    names = ["page.png", "second.png"]
    files = [("images", stack.enter_context(open(name, "rb"))) for name in names]
    answer = session.post("https://ocr.example.org/api/batches/", files=files, timeout=90)
answer.raise_for_status()
batch = answer.json()

while batch["status"] != "done":
    answer = session.get(batch["url"], params={"wait": 20}, timeout=90)
    answer.raise_for_status()
    batch = answer.json()

answer = session.get(batch["url"] + "export/txt/", timeout=90)
answer.raise_for_status()
Path("texts.zip").write_bytes(answer.content)
