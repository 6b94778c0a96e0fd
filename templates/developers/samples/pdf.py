from pathlib import Path

import requests

with open("page.png", "rb") as file:
    answer = requests.post(
        "https://ocr.example.org/api/ocr/",
        params={"format": "pdf"},
        headers={"Authorization": "Bearer oo_YOUR_KEY"},
        files={"image": file},
        timeout=90,
    )
answer.raise_for_status()
Path("searchable.pdf").write_bytes(answer.content)
