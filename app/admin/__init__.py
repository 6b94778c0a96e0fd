"""The admin site, mainly for looking things up; recognition results cannot be edited here."""

from . import accounts, batches, entries

__all__ = ["accounts", "batches", "entries"]
