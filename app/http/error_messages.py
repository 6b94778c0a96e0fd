"""Sentences for every error code, to be translated.

An error is raised with an English sentence, often with numbers and names in it. Readers of other
languages get the sentence of its code, with its numbers or in general terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from app.models import BatchItem, Job
from app.ocr.errors import Number, OcrError

MESSAGES: dict[str, Promise] = {
    "bad_archive": _("The ZIP archive is damaged. Pack it again, or send the files one by one."),
    "bad_base64": _("The file is not valid base64."),
    "bad_option": _("An option has a value that it cannot have."),
    "bad_pages": _("The document does not have these pages. Write pages as in 1-3,7."),
    "bad_url": _("This is no address that can be called. Give one that begins with https://."),
    "empty_batch": _("There are no files in it."),
    "empty_file": _("The file is empty; choose another one."),
    "engine_unavailable": _("This engine cannot be used here at the moment. Choose another one."),
    "password_required": _("The file is encrypted; give its password."),
    "source_missing": _("The uploaded file is no longer kept; send it again."),
    "too_many_files": _("These are too many files for one batch. Send them in several."),
    "unknown_engine": _("There is no engine of this name."),
    "unknown_language": _("This language is not installed here."),
    "unreachable_url": _("Nothing could be read from this address."),
    "unreadable_image": _("The file is damaged, or not a picture or PDF."),
    "unsupported_type": _("Files of this type are not read. Send a picture or a PDF."),
    "wrong_password": _("The password does not open this file."),
    "email_unverified": _("First follow the link in the mail that was sent to you."),
    "no_mail_address": _("First confirm an e-mail address of your account."),
    "invalid_key": _("The API key is not valid."),
    "key_expired": _("This API key has expired; make a new one."),
    "key_missing": _("Send an API key."),
    "key_network": _("This API key is not accepted from your network."),
    "key_scope": _("This API key may not do that."),
    "registration_closed": _("This site takes new accounts by invitation only."),
    "second_factor_required": _("This account has a second factor: send its code, too."),
    "second_factor_wrong": _("The code of the second factor is not right."),
    "not_found": _("This does not exist, or it is not yours."),
    "unknown_format": _("There is no format of this name."),
    "cancelled": _("The recognition was cancelled."),
    "conflict": _("This is not possible in the present state."),
    "file_too_large": _("The file is too large for this site. Send a smaller one."),
    "too_many_pages": _("The document has too many pages for this site. Send it in parts."),
    "too_many_pixels": _("The picture has too many pixels for this site. Make it smaller."),
    "engine_crashed": _("The engine crashed on this file again and again. Try another engine."),
    "engine_failed": _("The recognition of this file failed."),
    "export_failed": _("The file could not be written."),
    "export_timeout": _("Writing this file takes too long."),
    "idempotency_mismatch": _("This Idempotency-Key was used for a different request."),
    "out_of_memory": _("The page needs more memory than there is. Send a smaller picture."),
    "page_timeout": _("A page took too long. Send a smaller picture, or choose another engine."),
    "quota_exceeded": _("All pages of today are used. The count starts over at midnight UTC."),
    "unavailable": _("The site is busy or out of order. Nothing was lost; try again soon."),
    "share_password": _("The password of this link is not right."),
    "server_error": _("This is a fault of the site, which has been written down."),
}
# Codes of Django REST framework and its tokens, which have translated sentences themselves.
OF_LIBRARIES: dict[str, Promise] = {
    "authentication_failed": _("User name, password or token are not right."),
    "method_not_allowed": _("This address does not take such requests."),
    "not_authenticated": _("Sign in first, or send a key."),
    "parse_error": _("The request cannot be understood."),
    "permission_denied": _("You may not do that."),
    "throttled": _("These were too many requests. Wait a moment."),
    "token_not_valid": _("The token is not valid or has expired."),
    "unsupported_media_type": _("The content type of the request is not understood."),
}


# Sentences with numbers from the error's details; the first one whose numbers all exist is used.
NUMBERED: dict[str, tuple[Promise, ...]] = {
    "file_too_large": (
        _("The file has %(size)s MB; the limit is %(limit)s MB. Send a smaller one."),
        _("The file is larger than %(limit)s MB. Send a smaller one."),
        _("All files together may have at most %(total)s MB."),
    ),
    "bad_pages": (_("The document ends with page %(last)s. Write pages as in 1-3,7."),),
    "too_many_pages": (_("At most %(limit)s pages are read at once. Send the document in parts."),),
    "too_many_pixels": (
        _(
            "The picture has %(width)s × %(height)s pixels; at most %(limit)s million fit. "
            "Make it smaller."
        ),
    ),
    "page_timeout": (
        _(
            "A page took longer than %(seconds)s seconds. Send a smaller picture, or choose "
            "another engine."
        ),
    ),
    "too_many_files": (_("Send at most %(limit)s files at once."),),
}


def in_language(code: str, message: str, details: Mapping[str, Number] | None = None) -> str:
    """The message in English; in other languages the sentence of its code, if there is one."""
    if (get_language() or "en").startswith("en") or code not in MESSAGES:
        return message
    numbers = {name: localize(number) for name, number in (details or {}).items()}
    for sentence in NUMBERED.get(code, ()):
        with suppress(KeyError):
            return str(sentence) % numbers
    return str(MESSAGES[code])


def error_in_language(error: OcrError) -> str:
    return in_language(error.code, error.message, error.details)


def failure_in_language(failed: Job | BatchItem) -> str:
    """The reason why a job failed or a file of a batch was rejected."""
    return in_language(failed.error_code, failed.error_message, failed.error_details)
