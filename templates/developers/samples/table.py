import requests

site = "https://ocr.example.org"
headers = {"Authorization": "Bearer oo_YOUR_KEY"}

with open("page.png", "rb") as file:
    answer = requests.post(f"{site}/api/ocr/", headers=headers, files={"image": file}, timeout=90)
answer.raise_for_status()
entry = answer.json()["id"]

answer = requests.get(f"{site}/api/history/{entry}/tables/", headers=headers, timeout=90)
answer.raise_for_status()
for table in answer.json():
    for cell in table["cells"]:
        print(cell["row"], cell["column"], cell["text"], sep="\t")
