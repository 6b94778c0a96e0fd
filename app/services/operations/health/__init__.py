"""Readiness of this process, for load balancers."""

from .check import Check
from .checks import CHECKS, failures

__all__ = ["CHECKS", "Check", "failures"]
