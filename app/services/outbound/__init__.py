"""The only way out: requests to addresses that somebody gave us, guarded against SSRF."""

from .addresses import check_url
from .client import Answer, request

__all__ = ["Answer", "check_url", "request"]
