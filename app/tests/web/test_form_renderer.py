"""Choices as Django's templates write them, without its templates."""

from __future__ import annotations

from django import forms
from django.forms.renderers import DjangoTemplates
from django.test import SimpleTestCase

from app.web.form_renderer import FormRenderer

CHOICES = [
    ("", "Default <eng>"),
    ("West & East", [("deu", "Deutsch"), ("x\"'", "“quoted” & <b>")]),
    (5, "Five"),
]


class Marked(forms.Select):
    def create_option(self, name, value, *args, **more):
        option = super().create_option(name, value, *args, **more)
        option["attrs"] |= {"data-code": f"<{value}>", "disabled": value == 5, "hidden": False}
        return option


class FormRendererTests(SimpleTestCase):
    def test_select_is_what_django_writes(self) -> None:
        for widget in (forms.Select, Marked, forms.SelectMultiple):
            for value in ("deu", "", None, 5, ["x\"'", 5]):
                with self.subTest(widget=widget.__name__, value=value):
                    select = widget(attrs={"required": True, "class": "a&b"}, choices=CHOICES)
                    ours, theirs = (
                        select.render("language", value, renderer=renderer)
                        for renderer in (FormRenderer(), DjangoTemplates())
                    )
                    self.assertHTMLEqual(ours, theirs)
                    self.assertNotIn("<b>", ours)

    def test_form_uses_it_for_choices_and_templates_for_the_rest(self) -> None:
        class Form(forms.Form):
            language = forms.ChoiceField(choices=CHOICES)
            name = forms.CharField()

        with self.assertTemplateNotUsed("django/forms/widgets/select.html"):
            written = str(Form({"language": "deu", "name": "<i>"}))
        self.assertInHTML('<option value="deu" selected>Deutsch</option>', written)
        self.assertIn("&lt;i&gt;", written)
