"""Readiness of this process, for load balancers."""

from .check import Check
from .checks import CHECKS, failures, warnings

__all__ = ["CHECKS", "Check", "failures", "warnings"]
