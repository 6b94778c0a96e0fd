"""Forms that correct words of a page, and that replace text in a whole document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from app.ocr.edits import words
from app.ocr.edits.replacement import Search
from app.ocr.edits.words import Edit

MOST_WORDS = 1_000_000


class WordEditForm(forms.Form):
    """One edit of a page, as in app.ocr.edits.words; or `undo`, which needs no word."""

    ACTIONS = ("replace", "insert", "break_line", "join_line", "insert_line", "undo")

    version = forms.CharField(max_length=64)
    action = forms.ChoiceField(choices=[(name, name) for name in ACTIONS])
    word = forms.IntegerField(min_value=0, max_value=MOST_WORDS, required=False)
    count = forms.IntegerField(min_value=1, max_value=MOST_WORDS, required=False)
    text = forms.CharField(max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("word") is None and values.get("action") != "undo":
            self.add_error("word", _("Say which word."))
        return values

    def edit(self) -> Edit:
        """The edit, from valid data other than `undo`."""
        values = self.cleaned_data
        word, text, count = values["word"], values["text"], values["count"] or 1
        edits: dict[str, Edit] = {
            "replace": lambda page: words.replace_words(page, word, count=count, text=text),
            "insert": lambda page: words.insert_words(page, word, text=text),
            "break_line": lambda page: words.break_line(page, word),
            "join_line": lambda page: words.join_lines(page, word),
            "insert_line": lambda page: words.insert_line(page, word, text=text),
        }
        return edits[values["action"]]


class ReplaceForm(forms.Form):
    """find: may span several words of a line. by: an empty text deletes the matches."""

    find = forms.CharField(label=_("Find"), max_length=200)
    by = forms.CharField(label=_("Replace with"), max_length=200, required=False)
    match_case = forms.BooleanField(label=_("Match case"), required=False)
    whole_words = forms.BooleanField(label=_("Whole words only"), required=False)

    def search(self) -> Search:
        values = self.cleaned_data
        return Search(values["find"], values["match_case"], values["whole_words"])
