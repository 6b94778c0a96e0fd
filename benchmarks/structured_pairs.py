"""Pages with short blocks side by side.

Addresses and signatures are read block by block; in forms, labels stay with their values.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from .typesetting import HEIGHT, WIDTH, Sheet, Style, Truth

MARGIN = 120
FULL = WIDTH - 2 * MARGIN
PEOPLE = (
    "Maria Garcia,Jan Novák,Claire Dubois,John Smith,Erika Mustermann,Li Wei,Piotr Kowalski,"
    "Anna Rossi,Tom O'Brien,Sven Lindqvist"
).split(",")
FIRMS = (
    "Harbor Tools Ltd,Nordlicht GmbH,Boulangerie Martin SARL,Acme Corporation,"
    "Officina Verde S.r.l.,Kancelaria Lis,Bright & Sons,Taller Sol S.A."
).split(",")
# Street and town as written in ten countries.
PLACES = (
    ("12 Quay Street", "London SW1A 1AA"),
    ("Hauptstraße 7b", "10115 Berlin"),
    ("18 rue de la Paix", "75002 Paris"),
    ("Calle Mayor 31, 2º", "28013 Madrid"),
    ("Via Garibaldi 4", "20121 Milano (MI)"),
    ("ul. Długa 15/3", "00-238 Warszawa"),
    ("450 Sutter Street, Suite 900", "San Francisco, CA 94108"),
    ("Storgatan 9", "111 51 Stockholm"),
    ("Keizersgracht 100", "1015 CV Amsterdam"),
    ("77 King Street West", "Toronto, ON M5K 1A1"),
)
CONTACTS = ("Tel. +49 30 1234567", "info@example.org", "www.example.com", "VAT no. GB 123 4567 89")
HEADS = (
    ("Bill to:", "Ship to:"),
    ("From", "To"),
    ("Absender", "Empfänger"),
    ("Vendeur", "Acheteur"),
    ("Seller:", "Buyer:"),
)
DETAILS = ("Invoice no.", "Date", "Customer no.", "Due date", "Order", "Contact")
FIELDS = "Name,Street,Town,Phone,Date of birth,Occupation,Nationality,Account".split(",")
ROLES = "Chairman,Secretary,Treasurer,Captain,Doctor,Head of school,Librarian".split(",")


def addresses(chance: random.Random) -> Sheet:
    """Two or three addresses side by side, often with a label above each."""
    sheet = Sheet(chance)
    body = Style(chance.choice([19.0, 22.0, 24.0]), leading=chance.choice([1.15, 1.3]))
    top = _title(sheet, "Invoice " + str(chance.randrange(1000)))
    count = chance.choice([2, 2, 2, 3])
    heads: Sequence[str] = chance.choice(HEADS) if count == 2 and chance.random() < 0.5 else ()
    step = FULL / count * chance.choice([0.9, 1.0])
    _side_by_side(
        sheet,
        [([heads[at]] if heads else []) + _address(chance) for at in range(count)],
        [MARGIN + at * step for at in range(count)],
        top,
        body,
        bold_head=bool(heads) and chance.random() < 0.5,
    )
    return _with_letter(sheet, top + 12 * body.size, body)


def address_and_details(chance: random.Random) -> Sheet:
    """The recipient on the left, rows with details such as number and date on the right."""
    sheet = Sheet(chance)
    body = Style(chance.choice([19.0, 22.0]), leading=chance.choice([1.15, 1.3]))
    top = _title(sheet, "Invoice")
    address = _address(chance)
    sheet.truth.append(Truth("text", " ".join(address)))
    for at, text in enumerate(address):
        sheet.line(text, MARGIN, top + at * body.size * body.leading, body)
    labels = chance.sample(DETAILS, chance.choice([3, 4]))
    colon = chance.choice(["", ":"])
    rows = [(label + colon, str(chance.randrange(10**4, 10**6))) for label in labels]
    sheet.truth.append(Truth("text", " ".join(f"{label} {value}" for label, value in rows)))
    for at, (label, value) in enumerate(rows):
        line = top + at * body.size * body.leading
        sheet.line(label, MARGIN + 0.6 * FULL, line, body)
        sheet.line(value, MARGIN + 0.8 * FULL, line, body)
    return _with_letter(sheet, top + 9 * body.size, body)


def signatures(chance: random.Random) -> Sheet:
    """Two signatures at the end of a contract, with drawn lines, underscores or labels."""
    sheet = Sheet(chance)
    body = Style(chance.choice([20.0, 23.0]), leading=1.3)
    top = _title(sheet, "Contract")
    for _ in range(4):
        top = sheet.block("text", sheet.prose(45), MARGIN, top, FULL, body) + body.size
    top += 3 * body.size
    lefts = [MARGIN, MARGIN + chance.choice([0.5, 0.6]) * FULL]
    blocks = [[chance.choice(PEOPLE), chance.choice(ROLES), firm] for firm in _two(chance, FIRMS)]
    kind = chance.choice(["drawn", "underscores", "labels"])
    if kind == "drawn":
        for left in lefts:
            sheet.rule(left, top - 8, left + 0.35 * FULL, top - 6)
    elif kind == "underscores":
        blocks = [["_" * 28, *block] for block in blocks]
    else:
        names = ("Name:", "Title:", "Company:")
        blocks = [
            [f"{name} {text}" for name, text in zip(names, block, strict=True)] for block in blocks
        ]
    _side_by_side(sheet, blocks, lefts, top, body)
    return sheet


def form(chance: random.Random) -> Sheet:
    """Rows of labels and values, of roles and names, or of streets and names."""
    sheet = Sheet(chance)
    body = Style(chance.choice([20.0, 23.0]), leading=chance.choice([1.3, 1.6]))
    top = _title(sheet, "Application")
    top = sheet.block("text", sheet.prose(40), MARGIN, top, FULL, body) + 2 * body.size
    rows = _rows(chance)
    sheet.truth.append(Truth("text", " ".join(f"{one} {other}" for one, other in rows)))
    at = MARGIN + chance.choice([0.25, 0.4, 0.5]) * FULL
    for one, other in rows:
        sheet.line(one, MARGIN, top, body)
        sheet.line(other, at, top, body)
        top += body.size * body.leading
    return _with_letter(sheet, top + 2 * body.size, body)


def _rows(chance: random.Random) -> list[tuple[str, str]]:
    street, town = chance.choice(PLACES)
    kind = chance.choice(["fields", "roles", "streets"])
    if kind == "roles":
        roles = chance.sample(ROLES, chance.choice([3, 5]))
        return list(zip(roles, chance.sample(PEOPLE, len(roles)), strict=True))
    if kind == "streets":
        places = chance.sample(PLACES, chance.choice([3, 4]))
        return [
            (one, name) for (one, _), name in zip(places, chance.sample(PEOPLE, 4), strict=False)
        ]
    colon = chance.choice(["", ":"])
    values = (chance.choice(PEOPLE), street, town, "+49 30 1234567", "4 May 1980", "Doctor")
    count = chance.randrange(3, 7)
    return [(f"{name}{colon}", value) for name, value in zip(FIELDS, values[:count], strict=False)]


def _address(chance: random.Random) -> list[str]:
    lines = [chance.choice(FIRMS)] if chance.random() < 0.6 else []
    lines += [chance.choice(PEOPLE)] if not lines or chance.random() < 0.6 else []
    lines += chance.choice(PLACES)
    lines += ["Germany"] if chance.random() < 0.2 else []
    return lines + chance.sample(CONTACTS, chance.choice([0, 0, 1, 2]))


def _two(chance: random.Random, names: Sequence[str]) -> list[str]:
    return chance.sample(list(names), 2)


def _side_by_side(
    sheet: Sheet,
    blocks: list[list[str]],
    lefts: list[float],
    top: float,
    body: Style,
    *,
    bold_head: bool = False,
) -> None:
    head = Style(body.size, bold=True, leading=body.leading)
    for block, left in zip(blocks, lefts, strict=True):
        texts = block[1:] if bold_head else block
        if bold_head:
            sheet.truth.append(Truth("heading", block[0], 2))
        sheet.truth.append(Truth("text", " ".join(texts)))
        for at, text in enumerate(block):
            style = head if bold_head and not at else body
            sheet.line(text, left, top + at * body.size * body.leading, style)


def _title(sheet: Sheet, text: str) -> float:
    large = Style(38.0, bold=True)
    return sheet.block("heading", text, MARGIN, 150, FULL, large, level=1) + 50


def _with_letter(sheet: Sheet, top: float, body: Style) -> Sheet:
    if sheet.chance.random() < 0.5:
        top = sheet.block("text", "Dear reader,", MARGIN, top, FULL, body) + body.size
    while top < HEIGHT - 500:
        top = sheet.block("text", sheet.prose(45), MARGIN, top, FULL, body) + body.size
    return sheet


PAGES: dict[str, Callable[[random.Random], Sheet]] = {
    "addresses": addresses,
    "address_and_details": address_and_details,
    "signatures": signatures,
    "form": form,
}
