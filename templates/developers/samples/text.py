import requests

with open("page.png", "rb") as file:
    answer = requests.post(
        "https://ocr.example.org/api/ocr/",
        headers={"Authorization": "Bearer oo_YOUR_KEY"},
        files={"image": file},
        timeout=90,
    )
answer.raise_for_status()
print(answer.json()["text"])
