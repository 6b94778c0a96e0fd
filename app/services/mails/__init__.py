"""Mails at the end of a job or batch, to owners who asked for one and have not seen its page."""

from .delivery import send_due
from .requests import MailOffer, address_of, ask, offer, withdraw

__all__ = ["MailOffer", "address_of", "ask", "offer", "send_due", "withdraw"]
