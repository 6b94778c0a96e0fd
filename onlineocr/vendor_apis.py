"""Switches of the APIs of other services; a part of settings.py. docs/compatibility.md"""

from __future__ import annotations

from .env import env_bool

COMPAT_PATH_KEY = env_bool("COMPAT_PATH_KEY", True)
COMPAT_IMAGE_SYNC = env_bool("COMPAT_IMAGE_SYNC", True)
COMPAT_IMAGE_LABEL = env_bool("COMPAT_IMAGE_LABEL", True)
COMPAT_OCR_PROCESS = env_bool("COMPAT_OCR_PROCESS", True)
COMPAT_OCR_SPACE = env_bool("COMPAT_OCR_SPACE", True)
COMPAT_GOOGLE_VISION = env_bool("COMPAT_GOOGLE_VISION", True)
COMPAT_TEXTRACT = env_bool("COMPAT_TEXTRACT", True)
COMPAT_AZURE = env_bool("COMPAT_AZURE", True)
COMPAT_TESSERACT_SERVER = env_bool("COMPAT_TESSERACT_SERVER", True)
COMPAT_OCRSERVER = env_bool("COMPAT_OCRSERVER", True)
COMPAT_DOCLING = env_bool("COMPAT_DOCLING", True)
COMPAT_MISTRAL = env_bool("COMPAT_MISTRAL", True)
COMPAT_OPENAI_CHAT = env_bool("COMPAT_OPENAI_CHAT", True)
COMPAT_TIKA = env_bool("COMPAT_TIKA", True)
COMPAT_OPEN_WEBUI = env_bool("COMPAT_OPEN_WEBUI", True)
COMPAT_UNSTRUCTURED = env_bool("COMPAT_UNSTRUCTURED", True)
COMPAT_STIRLING = env_bool("COMPAT_STIRLING", True)
COMPAT_PADDLEX = env_bool("COMPAT_PADDLEX", True)
COMPAT_MINERU = env_bool("COMPAT_MINERU", True)
COMPAT_UMI_OCR = env_bool("COMPAT_UMI_OCR", True)
COMPAT_ONLINEOCR = env_bool("COMPAT_ONLINEOCR", False)  # /api/ocr/ and history as in version 1
COMPAT_OPEN_KEYS = env_bool("COMPAT_OPEN_KEYS", False)  # /generate_api_key without an account
# Scripts of any site may call the APIs that the old services opened to them, without cookies.
COMPAT_CORS = env_bool("COMPAT_CORS", True)
