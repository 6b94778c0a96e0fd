"""Rules about words: the glossary's replaced names stay out, comments use plain English."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CODE = sorted(
    path
    for folder in ("app", "onlineocr", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if not {"migrations", "tests"} & set(path.parts)
)
# Words that a reader stumbles over, or that mean something else in this field.
BANNED_WORDS = re.compile(
    r"\b(nobody|somebody|whoever|whomever|anew|stands|strangers?|lone|mends?|mended"
    r"|gets on|good for|is away|are away|take back|takes back)\b",
    re.IGNORECASE,
)
# Metaphors and ambiguous names that docs/glossary.md replaces, as parts of a name.
BANNED_NAMES = re.compile(
    r"(^|_)(bells?|deaf|relay|reap|reaper|chores?|beat|patience|patiently|promises?"
    r"|deeds?|senders?|utils?|misc)(_|$)",
    re.IGNORECASE,
)
RIDDLE = re.compile(r"(What|Where|Which|Who|Whom|Whose|How|Whether)\b")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Comments and docstrings of a file with their line numbers."""
    source = path.read_text()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield getattr(node, "lineno", 1), text


def names(path: Path) -> Iterator[str]:
    """Names that a file gives: its own, and those of its classes, functions and variables."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


# Names of database columns, which stay.
COLUMNS = {"app/models/request_key.py: sender"}


def test_comments_use_plain_words() -> None:
    found = [
        f"{name_of(path)}:{line}: {match[0]}"
        for path in CODE
        for line, text in prose(path)
        if (match := BANNED_WORDS.search(text))
    ]
    assert found == []


def test_module_docstrings_name_their_subject() -> None:
    """A noun phrase or an imperative, not a riddle: docs/glossary.md."""
    opening = {name_of(path): ast.get_docstring(ast.parse(path.read_text())) for path in CODE}
    assert [name for name, text in opening.items() if text and RIDDLE.match(text)] == []


def test_replaced_names_stay_replaced() -> None:
    found = {
        f"{name_of(path)}: {name}"
        for path in CODE
        for name in names(path)
        if BANNED_NAMES.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))
    }
    assert sorted(found - COLUMNS) == []
