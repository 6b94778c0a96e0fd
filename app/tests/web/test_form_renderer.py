"""Choices, rendered without templates exactly as Django's templates do."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.forms.renderers import DjangoTemplates
from django.test import SimpleTestCase

from app.web.form_renderer import FormRenderer
from app.web.forms.recognize import Chips

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


def _options(boxes: forms.CheckboxSelectMultiple, renderer: object, wrap_label: bool) -> str:
    parts = boxes.subwidgets("boxes", ["deu"], attrs={"id": "boxes"})
    return "".join(
        boxes._render(
            part["template_name"], {"widget": {**part, "wrap_label": wrap_label}}, renderer
        )
        for part in parts
    )


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

    def test_inputs_are_what_django_writes(self) -> None:
        kinds = (forms.TextInput, forms.NumberInput, forms.URLInput, forms.PasswordInput)
        for widget in (*kinds, forms.HiddenInput, forms.EmailInput, forms.Textarea):
            for value in ("", None, 5, "<b>\n\"'", ["a"]):
                with self.subTest(widget=widget.__name__, value=value):
                    field = widget(attrs={"required": True, "class": "a&b", "hidden": False})
                    self.assert_alike(
                        lambda to, it=field, v=value: it.render("x<y", v, renderer=to)
                    )

    def test_check_boxes_are_what_django_writes(self) -> None:
        for value in (True, False, None, "yes"):
            box = forms.CheckboxInput()
            self.assert_alike(lambda to, it=box, v=value: it.render("box", v, renderer=to))
        for attributes in ({}, {"id": "boxes"}):
            boxes = forms.CheckboxSelectMultiple(attrs=attributes, choices=CHOICES)
            self.assert_alike(lambda to, it=boxes: it.render("boxes", ["deu"], renderer=to))
            for wrap in (True, False):
                self.assert_alike(lambda to, it=boxes, w=wrap: _options(it, to, w))

    def test_chips_are_boxes_in_their_labels(self) -> None:
        choices = [("deu", "Deutsch"), ("x", "<b>")]
        boxes = Chips(attrs={"id": "boxes"}, choices=choices).render(
            "boxes", ["x"], renderer=FormRenderer()
        )
        inputs = (
            '<input type="checkbox" name="boxes" value="deu" id="boxes_0">Deutsch',
            '<input type="checkbox" name="boxes" value="x" id="boxes_1" checked>&lt;b&gt;',
        )
        labels = (
            f'<label class="chip" for="boxes_{n}">{it}</label>' for n, it in enumerate(inputs)
        )
        self.assertHTMLEqual(boxes, "".join(labels))

    def assert_alike(self, write: Callable[[object], str]) -> None:
        self.assertHTMLEqual(write(FormRenderer()), write(DjangoTemplates()))

    def test_form_uses_it_for_usual_fields_and_templates_for_the_rest(self) -> None:
        class Form(forms.Form):
            language = forms.ChoiceField(choices=CHOICES)
            name = forms.CharField(widget=forms.TextInput)

        with self.assertTemplateNotUsed("django/forms/widgets/select.html"):
            written = str(Form({"language": "deu", "name": "<i>"}))
        self.assertInHTML('<option value="deu" selected>Deutsch</option>', written)
        self.assertIn("&lt;i&gt;", written)
