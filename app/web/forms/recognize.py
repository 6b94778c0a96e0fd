"""The upload form: files and options of their recognition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from app.ocr.images import ACCEPTED
from app.ocr.languages import AUTO
from app.ocr.options import Options, parse_languages
from app.services import installed
from app.services.engine_settings import engine_config
from app.web.form_renderer import CHIPS
from app.web.samples import BY_NAME


def language_choices() -> list[tuple[str, Any]]:
    """Installed languages by name, after automatic detection and the site's default."""
    default = "+".join(engine_config().default_languages)
    first = [
        (AUTO, _("Found automatically")),
        ("", _("Default (%(codes)s)") % {"codes": default}),
    ]
    return [*first, *installed_languages()]


def installed_languages() -> list[tuple[str, Any]]:
    return [(entry.code, entry.native_name or entry.name) for entry in installed.languages()]


def engine_choices() -> list[tuple[str, Any]]:
    available = [entry for entry in installed.engines() if entry.available]
    named = [(entry.name, entry.title) for entry in available if entry.name != "auto"]
    return [("auto", _("Best for the page")), *named]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files in one field, as a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class Chips(forms.CheckboxSelectMultiple):
    template_name = CHIPS


class OptionsForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), required=False, choices=language_choices)
    engine = forms.ChoiceField(label=_("Engine"), required=False, choices=engine_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def languages(self) -> tuple[str, ...]:
        """Raises OcrError(unknown_language)."""
        return parse_languages(self.cleaned_data.get("language") or "")

    def options(self) -> Options:
        """Raises OcrError: unknown_language, bad_option."""
        return Options(
            engine=self.cleaned_data.get("engine") or "auto",
            languages=self.languages(),
            rotate=self.cleaned_data.get("rotate"),
        )


class RecognizeForm(OptionsForm):
    further_languages = forms.MultipleChoiceField(
        label=_("Further languages on the same page"),
        required=False,
        choices=installed_languages,
        widget=Chips,
    )
    image = FilesField(
        label=_("Files"),
        required=False,
        widget=FilesInput(attrs={"accept": ",".join([*sorted(ACCEPTED), ".zip"])}),
    )
    url = forms.URLField(
        label=_("Web address of a picture or PDF"), required=False, assume_scheme="https"
    )
    sample = forms.ChoiceField(choices=[(name, name) for name in BY_NAME], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = AUTO
        self.default_languages = "+".join(engine_config().default_languages)

    def languages(self) -> tuple[str, ...]:
        """The chosen language and the additional ones, which automatic detection ignores."""
        further = self.cleaned_data.get("further_languages")
        first = self.cleaned_data.get("language") or self.default_languages
        if not further or first == AUTO:
            return super().languages()
        return parse_languages("+".join([first, *further]))

    def clean(self) -> dict[str, Any]:
        """Requires files, a URL or a sample."""
        cleaned: dict[str, Any] = super().clean() or {}
        given = any(cleaned.get("image", ())) or cleaned.get("url") or cleaned.get("sample")
        if not self.errors and not given:
            self.add_error("image", self.fields["image"].error_messages["required"])
        return cleaned
