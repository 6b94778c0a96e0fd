"""Vendor APIs that this site serves, each with a line of code to try it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from .samples import KEY, SITE

JSON = "-H 'Content-Type: application/json'"
BEARER = f"-H 'Authorization: Bearer {KEY}'"
PICTURE = "$(base64 -w0 page.png)"


@dataclass(frozen=True, slots=True)
class Contract:
    """name: of the service. switch: its setting. line: for a shell, or for Python."""

    name: str
    switch: str
    line: str

    def line_at(self, site: str) -> str:
        return self.line.replace(SITE, site)


CONTRACTS = (
    Contract(
        "Path-key service", "COMPAT_PATH_KEY", f"curl -F image=@page.png -F id=7 {SITE}/{KEY}"
    ),
    Contract(
        "Image-sync service",
        "COMPAT_IMAGE_SYNC",
        f"""curl {JSON} -d '{{"image_data": "'{PICTURE}'"}}' {SITE}/image-sync""",
    ),
    Contract(
        "Image-label service",
        "COMPAT_IMAGE_LABEL",
        f"""curl {JSON} -d '{{"base64string": "'{PICTURE}'"}}' '{SITE}/image_label?key={KEY}'""",
    ),
    Contract(
        "Ocr-process service",
        "COMPAT_OCR_PROCESS",
        f"curl -H 'api-key: {KEY}' -H 'user-id: YOUR_NAME' -F image=@page.png {SITE}/ocr_process",
    ),
    Contract(
        "OCR.space",
        "COMPAT_OCR_SPACE",
        f"curl -H 'apikey: {KEY}' -F file=@page.png {SITE}/parse/image",
    ),
    Contract(
        "Google Cloud Vision",
        "COMPAT_GOOGLE_VISION",
        f"""curl {JSON} -d '{{"requests": [{{"image": {{"content": "'{PICTURE}'"}}, "features": """
        f"""[{{"type": "TEXT_DETECTION"}}]}}]}}' '{SITE}/v1/images:annotate?key={KEY}'""",
    ),
    Contract(
        "AWS Textract, Rekognition, S3",
        "COMPAT_TEXTRACT",
        f"""boto3.client("textract", endpoint_url="{SITE}", region_name="eu-central-1", """
        """aws_access_key_id="YOUR_ACCESS_KEY_ID", aws_secret_access_key="YOUR_SECRET")""",
    ),
    Contract(
        "Azure Computer Vision, Document Intelligence",
        "COMPAT_AZURE",
        f"curl -H 'Ocp-Apim-Subscription-Key: {KEY}' -H 'Content-Type: application/octet-stream' "
        f"--data-binary @page.png {SITE}/vision/v3.2/ocr",
    ),
    Contract(
        "tesseract-server",
        "COMPAT_TESSERACT_SERVER",
        f"""curl -F 'options={{"languages": ["eng"]}}' -F file=@page.png {SITE}/tesseract""",
    ),
    Contract("ocrserver", "COMPAT_OCRSERVER", f"curl -F file=@page.png {SITE}/file"),
    Contract(
        "docling-serve",
        "COMPAT_DOCLING",
        f"curl -H 'X-Api-Key: {KEY}' -F files=@page.png -F to_formats=md {SITE}/v1/convert/file",
    ),
    Contract(
        "Mistral OCR",
        "COMPAT_MISTRAL",
        f"""curl {BEARER} {JSON} -d '{{"model": "mistral-ocr-latest", "document": """
        f"""{{"type": "image_url", "image_url": "data:image/png;base64,'{PICTURE}'"}}}}' """
        f"{SITE}/v1/ocr",
    ),
    Contract(
        "OpenAI chat",
        "COMPAT_OPENAI_CHAT",
        f"""curl {BEARER} {JSON} -d '{{"model": "onlineocr", "messages": [{{"role": "user", """
        """"content": [{"type": "image_url", "image_url": """
        f"""{{"url": "data:image/png;base64,'{PICTURE}'"}}}}]}}]}}' {SITE}/v1/chat/completions""",
    ),
    Contract(
        "Apache Tika",
        "COMPAT_TIKA",
        f"curl {BEARER} -H 'Accept: text/plain' -T page.png {SITE}/tika",
    ),
    Contract(
        "Open WebUI",
        "COMPAT_OPEN_WEBUI",
        f"curl {BEARER} -H 'X-Filename: page.png' -T page.png {SITE}/process",
    ),
    Contract(
        "unstructured",
        "COMPAT_UNSTRUCTURED",
        f"curl -H 'unstructured-api-key: {KEY}' -F files=@page.png {SITE}/general/v0/general",
    ),
    Contract(
        "Stirling-PDF",
        "COMPAT_STIRLING",
        f"curl -H 'X-API-KEY: {KEY}' -F fileInput=@page.png -F languages=eng -o searchable.pdf "
        f"{SITE}/api/v1/misc/ocr-pdf",
    ),
    Contract(
        "PaddleX",
        "COMPAT_PADDLEX",
        f"""curl {BEARER} {JSON} -d '{{"file": "'{PICTURE}'", "fileType": 1}}' {SITE}/ocr""",
    ),
    Contract(
        "MinerU",
        "COMPAT_MINERU",
        f"curl {BEARER} -F files=@page.png -F return_md=true {SITE}/file_parse",
    ),
    Contract(
        "Umi-OCR",
        "COMPAT_UMI_OCR",
        f"""curl {BEARER} {JSON} -d '{{"base64": "'{PICTURE}'"}}' {SITE}/api/ocr""",
    ),
    Contract(
        "onlineocr 1",
        "COMPAT_ONLINEOCR",
        f"curl {BEARER} -F image=@page.png {SITE}/api/ocr/",
    ),
)
# Always served: its switch only chooses the shape of the answer.
ALWAYS = {"COMPAT_ONLINEOCR"}


def served() -> list[Contract]:
    """The vendor APIs that are enabled in this site's settings."""
    return [
        entry for entry in CONTRACTS if entry.switch in ALWAYS or getattr(settings, entry.switch)
    ]
