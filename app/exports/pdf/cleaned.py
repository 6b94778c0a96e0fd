"""Content streams without certain text operators and operators that then have no effect."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pikepdf import ContentStreamInstruction, Operator

from .operators import SHOW, Instruction

PLACE = frozenset({"Td", "TD", "Tm", "T*"})
# Text state that persists after ET; only the last one of each kind in a block matters.
TEXT_STATE = frozenset({"Tf", "Tr", "Tc", "Tw", "Tz", "TL", "Ts"})
# A group of only these operators paints nothing.
STATE = TEXT_STATE | {"cm", "gs", "w", "J", "j", "M", "d", "ri", "i", "BT", "ET"} | PLACE
STATE |= {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "scn", "SC", "SCN"}
NEXT_LINE = ContentStreamInstruction([], Operator("T*"))


def without(instructions: Sequence[Instruction], removed: Collection[int]) -> list[Instruction]:
    """The instructions without the text operators at the indices in `removed`."""
    left: list[Instruction] = []
    block: list[int] | None = None
    for at, instruction in enumerate(instructions):
        name = str(instruction.operator)
        if name == "BT":
            block = []
        if block is None:
            left.append(instruction)
            continue
        block.append(at)
        if name == "ET":
            left += _block(instructions, block, removed)
            block = None
    left += _block(instructions, block or [], removed)
    return without_empty_groups(left)


def is_group(instructions: Sequence[Instruction]) -> bool:
    """Whether a single pair of q and Q encloses everything, so that it leaves no state."""
    depth = 0
    for at, instruction in enumerate(instructions):
        depth += {"q": 1, "Q": -1}.get(str(instruction.operator), 0)
        if depth <= 0:
            return at == len(instructions) - 1 and depth == 0
    return not instructions


def without_empty_groups(instructions: Sequence[Instruction]) -> list[Instruction]:
    """The instructions without pairs of q and Q between which nothing is painted."""
    left: list[Instruction] = []
    starts: list[int] = []
    for instruction in instructions:
        name = str(instruction.operator)
        if name == "q":
            starts.append(len(left))
        elif name == "Q" and starts:
            start = starts.pop()
            if not paints(left[start + 1 :]):
                del left[start:]
                continue
        left.append(instruction)
    return left


def paints(instructions: Sequence[Instruction]) -> bool:
    """Whether the instructions may do more than change the graphics state."""
    return any(str(each.operator) not in STATE | {"q", "Q"} for each in instructions)


def _block(
    instructions: Sequence[Instruction], block: Sequence[int], removed: Collection[int]
) -> list[Instruction]:
    """One text block, from BT to ET, without the removed operators."""
    shows = [at for at in block if str(instructions[at].operator) in SHOW]
    if shows and all(at in removed for at in shows):
        return _last_states([instructions[at] for at in block])
    left: list[Instruction] = []
    for place, at in enumerate(block):
        if at not in removed or _moves_others(instructions, block[place + 1 :], removed):
            left.append(instructions[at])
        elif str(instructions[at].operator) in ("'", '"'):
            left.append(NEXT_LINE)
    return left


def _last_states(block: Sequence[Instruction]) -> list[Instruction]:
    last = {str(each.operator): each for each in block if str(each.operator) in TEXT_STATE}
    others = [each for each in block if str(each.operator) in STATE - TEXT_STATE - PLACE]
    settings = [each for each in others if str(each.operator) not in ("BT", "ET")]
    return [*settings, *last.values()]


def _moves_others(
    instructions: Sequence[Instruction], following: Sequence[int], removed: Collection[int]
) -> bool:
    """Whether kept text begins where this text ends."""
    for at in following:
        name = str(instructions[at].operator)
        if name in PLACE or name in ("'", '"'):
            return False
        if name in SHOW and at not in removed:
            return True
    return False
