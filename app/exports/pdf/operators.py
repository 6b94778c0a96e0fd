"""Text operators of a PDF page and the forms that it draws, in drawing order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Name

Instruction = ContentStreamInstruction | ContentStreamInlineImage
SHOW = frozenset({"Tj", "TJ", "'", '"'})
INVISIBLE, CLIP = 3, 7
PAINT = frozenset({"Do", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"})
MAX_DEPTH = 20


@dataclass(slots=True)
class Content:
    """Instructions of a page or form. key: objgen of the form, (0, 0) for the page itself."""

    key: tuple[int, int]
    instructions: list[Instruction]
    resources: pikepdf.Object


@dataclass(frozen=True, slots=True)
class State:
    """Graphics state of text.

    invisible: not painted. cutting: clips later painting to its letters. has_font: a font is set.
    optional: in a layer that can be switched on and off.
    """

    invisible: bool = False
    cutting: bool = False
    transparent: bool = False
    has_font: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TextOperator:
    """An operator that shows text. key: of its content. at: its index there."""

    key: tuple[int, int]
    at: int
    state: State


@dataclass(slots=True)
class Operators:
    """Text operators of a page. contents: parsed once each, by key."""

    page: pikepdf.Page
    contents: dict[tuple[int, int], Content] = field(default_factory=dict)

    def __iter__(self) -> Iterator[TextOperator]:
        whole = self._content((0, 0), self.page, self.page.resources)
        yield from self._of(whole, State(), MAX_DEPTH)

    def _of(self, content: Content, state: State, depth: int) -> Iterator[TextOperator]:
        saved: list[State] = []
        marked: list[bool] = []
        cutting = _cutting(content.instructions)
        for at, instruction in enumerate(content.instructions):
            name, operands = str(instruction.operator), list(instruction.operands)
            if name == "q":
                saved.append(state)
            elif name == "Q" and saved:
                state = saved.pop()
            elif name in ("BDC", "BMC"):
                marked.append(state.optional)
                state = replace(state, optional=state.optional or operands[0] == Name.OC)
            elif name == "EMC" and marked:
                state = replace(state, optional=marked.pop())
            elif name in SHOW and state.has_font and _has_text(operands):
                yield TextOperator(content.key, at, replace(state, cutting=at in cutting))
            elif name == "Do" and depth:
                yield from self._form(content, operands, state, depth)
            else:
                state = _changed(state, name, operands, content.resources)

    def _form(
        self, content: Content, operands: Sequence[pikepdf.Object], state: State, depth: int
    ) -> Iterator[TextOperator]:
        form = named(content.resources, Name.XObject, operands[0])
        if isinstance(form, pikepdf.Stream) and form.get(Name.Subtype) == Name.Form:
            inner = self._content(form.objgen, form, form.get(Name.Resources, content.resources))
            state = replace(state, optional=state.optional or Name.OC in form)
            yield from self._of(inner, state, depth - 1)

    def _content(
        self,
        key: tuple[int, int],
        holder: pikepdf.Page | pikepdf.Stream,
        resources: pikepdf.Object,
    ) -> Content:
        if key not in self.contents:
            parsed = list(pikepdf.parse_content_stream(holder))
            self.contents[key] = Content(key, parsed, resources)
        return self.contents[key]


def _cutting(instructions: Sequence[Instruction]) -> set[int]:
    """Indices of text that is not painted itself but clips later painting to its letters."""
    cutting: set[int] = set()
    mode, levels = 0, [(0, list[int]())]
    for at, instruction in enumerate(instructions):
        name = str(instruction.operator)
        if name == "q":
            levels.append((mode, []))
        elif name == "Q" and len(levels) > 1:
            mode, _ = levels.pop()
        elif name == "Tr" and len(instruction.operands) == 1:
            mode = int(instruction.operands[0])
        elif name in SHOW and mode == CLIP:
            levels[-1][1].append(at)
        elif name in PAINT or (name in SHOW and mode != INVISIBLE):
            cutting.update(place for _, places in levels for place in places)
    return cutting


def named(resources: pikepdf.Object, kind: Name, name: pikepdf.Object) -> pikepdf.Object | None:
    """The resource of that kind and name, or None."""
    group = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return group.get(str(name)) if isinstance(group, pikepdf.Dictionary) else None


def used_names(instructions: Iterable[Instruction], operator: str) -> set[str]:
    """First operands of all uses of the operator, which is Do or Tf."""
    return {
        str(each.operands[0])
        for each in instructions
        if str(each.operator) == operator and each.operands
    }


def _changed(
    state: State, name: str, operands: Sequence[pikepdf.Object], resources: pikepdf.Object
) -> State:
    if name == "Tr" and len(operands) == 1:
        return replace(state, invisible=operands[0] in (INVISIBLE, CLIP))
    if name == "Tf":
        return replace(state, has_font=True)
    if name == "gs" and operands:
        settings = named(resources, Name.ExtGState, operands[0])
        if isinstance(settings, pikepdf.Dictionary) and Name.ca in settings:
            return replace(state, transparent=float(settings.ca) == 0)
    return state


def _has_text(operands: Sequence[pikepdf.Object]) -> bool:
    """Whether PDFium creates a text object: there is a non-empty string."""
    operand = operands[-1] if operands else None
    parts = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    return any(isinstance(part, pikepdf.String) and len(bytes(part)) > 0 for part in parts)
