"""The admin site, for looking things up; results of recognition are not edited here."""

from . import accounts, batches, entries

__all__ = ["accounts", "batches", "entries"]
