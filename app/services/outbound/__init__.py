"""Outbound requests to URLs given by callers, guarded against SSRF; all of them go through here."""

from .addresses import check_url
from .client import Answer, request

__all__ = ["Answer", "check_url", "request"]
