"""The developers' page: quick start by task, limits, errors, contracts, and a search over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from app.http.caller import caller_of

from . import contracts, reference, samples

T = TypeVar("T")
MOST_LETTERS = 100  # words of a search


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """An entry that can be found, and the text that is searched."""

    item: T
    text: str


@dataclass(frozen=True, slots=True)
class ShownTask:
    task: samples.Task
    samples: list[samples.Sample]


@require_GET
def developers(request: HttpRequest) -> HttpResponse:
    """The page. `q` leaves only tasks, limits, errors and vendor APIs that contain all of its
    words."""
    site = f"{request.scheme}://{request.get_host()}"
    query = request.GET.get("q", "")[:MOST_LETTERS]
    words = query.casefold().split()
    context = {
        "query": query,
        "tasks": found(_tasks(site), words),
        "limits": found(_limits(request), words),
        "errors": found(_errors(), words),
        "contracts": found(_contracts(site), words),
        "site": site,
        "key": samples.KEY,
    }
    return render(request, "developers/developers.html", context)


def found(rows: Iterable[Row[T]], words: list[str]) -> list[T]:
    return [row.item for row in rows if all(word in row.text.casefold() for word in words)]


def _tasks(site: str) -> Iterator[Row[ShownTask]]:
    for task in samples.TASKS:
        shown = ShownTask(task, list(samples.samples_of(task, site=site)))
        code = " ".join(sample.code for sample in shown.samples)
        yield Row(shown, f"{task.title} {task.about} {code}")


def _limits(request: HttpRequest) -> Iterator[Row[reference.Limit]]:
    for limit in reference.limits(caller_of(request)):
        yield Row(limit, f"{limit.name} {limit.value}")


def _errors() -> Iterator[Row[reference.ErrorCode]]:
    for error in reference.errors():
        yield Row(error, f"{error.code} {error.status} {error.meaning}")


def _contracts(site: str) -> Iterator[Row[dict[str, str]]]:
    for entry in contracts.served():
        yield Row({"name": entry.name, "line": entry.line_at(site)}, f"{entry.name} {entry.line}")
