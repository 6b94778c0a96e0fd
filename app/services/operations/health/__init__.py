"""Whether this process can serve: what a load balancer asks before it sends requests."""

from .check import Check
from .checks import CHECKS, failures

__all__ = ["CHECKS", "Check", "failures"]
