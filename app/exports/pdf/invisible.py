"""Removal of an older text layer, with which every word would be found twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Name

from .cleaned import is_group, paints, without
from .operators import Content, Instruction, Operators, TextOperator, named, used_names

Places = dict[tuple[int, int], set[int]]


def remove_invisible_text(
    pdf: pikepdf.Pdf, page: pikepdf.Page, hidden: Sequence[bool] | None
) -> bool:
    """Removes the page's invisible text, also in forms; returns whether there was any.

    hidden: for each text operator, whether its text is invisible when rendered. If it is None or
    has another length, only rendering mode and opacity count. Text in layers that a viewer can
    switch on is kept.
    """
    if hidden is not None and not any(hidden):
        return False
    operators = Operators(page)
    found = list(operators)
    known = hidden if hidden is not None and len(hidden) == len(found) else None
    removed = _places(found, known)
    if not removed:
        return False
    _Rewriter(pdf, operators, removed).rewrite(page)
    return True


def leaves_no_state(page: pikepdf.Page) -> bool:
    """Whether the page's content leaves the graphics state as it was at its start."""
    return is_group(list(pikepdf.parse_content_stream(page)))


def _places(found: Sequence[TextOperator], hidden: Sequence[bool] | None) -> Places:
    """Indices by content. In a form that is drawn twice, text must be hidden both times."""
    verdicts: dict[tuple[tuple[int, int], int], bool] = {}
    for number, each in enumerate(found):
        unpainted = each.state.invisible or each.state.transparent
        covered = hidden is not None and hidden[number] and not each.state.optional
        place, unseen = (each.key, each.at), (unpainted or covered) and not each.state.cutting
        verdicts[place] = verdicts.get(place, True) and unseen
    places: Places = defaultdict(set)
    for (key, at), is_hidden in verdicts.items():
        if is_hidden:
            places[key].add(at)
    return places


class _Rewriter:
    """Rewrites copies of forms and resources, since other pages may share them."""

    def __init__(self, pdf: pikepdf.Pdf, operators: Operators, removed: Places) -> None:
        self.pdf = pdf
        self.contents = operators.contents
        self.removed = removed
        self.forms: dict[tuple[int, int], pikepdf.Object | None] = {}

    def rewrite(self, page: pikepdf.Page) -> None:
        instructions, resources, _ = self._cleaned(self.contents[(0, 0)])
        page.obj.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(instructions))
        page.obj.Resources = resources

    def _cleaned(self, content: Content) -> tuple[list[Instruction], pikepdf.Object, bool]:
        """New instructions, new resources, and whether anything changed."""
        removed = self.removed.get(content.key, set())
        instructions = without(content.instructions, removed)
        resources, changed = _copied(content.resources), bool(removed)
        for name in used_names(instructions, "Do"):
            form = named(resources, Name.XObject, Name(name))
            if not isinstance(form, pikepdf.Stream) or form.objgen not in self.contents:
                continue
            new = self._form(form)
            if new is None:
                instructions = [each for each in instructions if not _draws(each, name)]
                del resources[Name.XObject][name]
            else:
                resources[Name.XObject][name] = new
            changed = changed or new is None or new.objgen != form.objgen
        instructions = without(instructions, ())
        _drop_fonts(resources, content.instructions, instructions)
        return instructions, resources, changed

    def _form(self, form: pikepdf.Stream) -> pikepdf.Object | None:
        """The form without hidden text; itself if it had none, None if nothing is left."""
        key = form.objgen
        if key not in self.forms:
            self.forms[key] = form  # in case the form draws itself
            instructions, resources, changed = self._cleaned(self.contents[key])
            if changed and not paints(instructions):
                self.forms[key] = None
            elif changed:
                data = pikepdf.unparse_content_stream(instructions)
                self.forms[key] = self._stream(form, data, resources)
        return self.forms[key]

    def _stream(
        self, form: pikepdf.Stream, data: bytes, resources: pikepdf.Object
    ) -> pikepdf.Object:
        stream = self.pdf.make_stream(data)
        for name, value in form.items():
            if name not in ("/Length", "/Filter", "/DecodeParms"):
                stream[name] = value
        stream.Resources = resources
        return stream


def _copied(resources: pikepdf.Object) -> pikepdf.Object:
    """A copy two levels deep; deeper objects stay shared."""
    copy = Dictionary()
    if isinstance(resources, pikepdf.Dictionary):
        for name, group in resources.items():
            is_dictionary = isinstance(group, pikepdf.Dictionary)
            copy[name] = Dictionary(dict(group.items())) if is_dictionary else group
    return copy


def _drop_fonts(
    resources: pikepdf.Object, before: Sequence[Instruction], after: Sequence[Instruction]
) -> None:
    """Removes fonts that only the removed text used."""
    if _lends(resources):
        return
    for name in used_names(before, "Tf") - used_names(after, "Tf"):
        if named(resources, Name.Font, Name(name)) is not None:
            del resources[Name.Font][name]


def _lends(resources: pikepdf.Object) -> bool:
    """Whether forms without resources of their own may use the fonts."""
    forms = resources.get(Name.XObject, Dictionary())
    return any(
        isinstance(form, pikepdf.Stream)
        and form.get(Name.Subtype) == Name.Form
        and Name.Resources not in form
        for _, form in forms.items()
    )


def _draws(instruction: Instruction, name: str) -> bool:
    return str(instruction.operator) == "Do" and str(instruction.operands[0]) == name
