"""Short blocks side by side, such as sender and recipient or two signatures, not rows.

Lines at the same heights are rows of labels and values unless their text proves otherwise: an
address or contact details on the left, the same labels on both sides, a head with a colon over
each, or a signature line above each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.ocr.layout.elements import Piece
from app.ocr.layout.rows import Row
from app.ocr.layout.tables import FoundTable
from app.ocr.result import Bbox, Line

# Number of lines of a block, and their largest distance in type sizes.
FEWEST, MOST = 2, 9
WIDEST_LEADING = 1.0
# Room for an address and two pairs of labels and values.
MOST_COLUMNS = 5
# Least white between two blocks, in type sizes.
APART = 1.0
# Most characters of a line of an address.
LONGEST = 60
# A signature line, in type sizes: its least length, and largest distance to the text below.
SIGNED_WIDTH, SIGNED_NEAR = 4.0, 1.6
LABEL = re.compile(r"([^\W\d][^:]{0,30}?)\s*[:：](?:\s|$)")
UNDERSCORES = re.compile(r"[_＿.…‥\s]*_{4,}[_\s]*|[.…]{8,}")
# A postal code beside its town, as most countries write it; the code comes first or last.
CODE_FIRST = re.compile(
    r"(?:[A-Z]{1,3}[-– ])?(?:\d{4,6}|\d{3} \d{2}|\d{2}[-–]\d{3}|\d{4} ?[A-Z]{2}|\d{5}[-–]\d{3})"
    r",? +[^\W\d_]{2}|〒 ?\d{3}"
)
CODE_LAST = re.compile(
    r"[^\W\d_]{2}.*?[,. –-]+(?:[A-Z]{2}\.? +\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
    r"|[A-Z]{2} +[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{2,3} +\d{4}|\d{6}|\d{5}-\d{3})"
)
CONTACT = re.compile(
    r"\S@\S+\.\w|(?:www\.|https?://)\w|(?:\b|^)(?:tel|telefon|téléphone|teléfono|phone|fax|mobile?"
    r"|e-?mail|iban|bic|swift|vat|ust|siret|nip|p\.?iva|cif|тел|инн)\b[^\w]*[\w+(]",
    re.IGNORECASE,
)
MAIL = re.compile(r"\S@\S+\.\w")
STREET = re.compile(r"\d+\w?(?:[-/]\d+)?,? +[^\W\d]{2}|[^\W\d]{2}.* \d+ ?\w?(?:[-/,] ?\d*\w*)*$")


def are_blocks(left: Sequence[Row], right: Sequence[Row], lines: Sequence[Bbox]) -> bool:
    """Whether two columns of few rows are read one after the other. lines: drawn horizontal ones.

    left: the column that is read first.
    """
    if not (_is_block(left) and _is_block(right)):
        return False
    size = max(row.size for row in (*left, *right))
    if min(row.box.left for row in right) - max(row.box.right for row in left) < APART * size:
        return False
    if _are_signed(left, right, lines) or _have_same_labels(left, right):
        return True
    if len(left) > 2 < len(right) and _has_head(left) and _has_head(right):
        return True
    one, other = _without_head(left), _without_head(right)
    if _is_address(one) or (_is_address(other) and _are_values(one)):
        return True
    return _is_like_address(one) and _is_like_address(other)


def holds_address(table: FoundTable, pieces: Iterable[Piece]) -> bool:
    """Whether one column of it is an address beside rows of labels and values.

    The second column proves nothing: it may hold the values of the first one's labels. pieces: all
    of the page, since the address may continue below the table.
    """
    columns: defaultdict[int, list[Line]] = defaultdict(list)
    for cell in sorted(table.cells, key=lambda cell: cell.row):
        columns[cell.column] += cell.lines
    lines = sorted(pieces, key=lambda piece: piece.bbox.top)
    return len(columns) <= MOST_COLUMNS and any(
        number != 1 and len(column) <= MOST and _is_address(_with_lines_below(column, lines))
        for number, column in columns.items()
        if column
    )


def _with_lines_below(column: Sequence[Line], pieces: Iterable[Piece]) -> list[str]:
    """Texts of the lines, and of those that continue below at the same left edge."""
    texts, last = [line.text.strip() for line in column], column[-1].bbox
    for piece in pieces:
        box = piece.bbox
        below = 0 <= box.top - last.bottom <= WIDEST_LEADING * last.height
        if below and abs(box.left - last.left) <= last.height / 2:
            texts.append(" ".join(word.text for word in piece.words))
            if len(texts[-1]) > LONGEST:
                return texts[:-1]
            last = box
    return texts[:MOST]


def _is_block(rows: Sequence[Row]) -> bool:
    if not FEWEST <= len(rows) <= MOST or any(row.characters > LONGEST for row in rows):
        return False
    return all(
        lower.top - upper.bottom <= WIDEST_LEADING * upper.size for upper, lower in pairwise(rows)
    )


def _is_address(texts: Sequence[str]) -> bool:
    """Whether it is a name, then a postal code or contact details; not a column of addresses."""
    if len(texts) < FEWEST or any(map(_is_place, texts[:1])):
        return False
    if _is_author(texts):
        return True
    codes = sum(map(_is_place, texts))
    contacts = sum(bool(CONTACT.search(text)) for text in texts)
    return codes == 1 or contacts >= 2 or (codes <= 1 and contacts == 1 and _has_street(texts))


def _is_author(texts: Sequence[str]) -> bool:
    """Whether it is a name, an affiliation, and an e-mail address in the last line, unlabelled."""
    if len(texts) < 3 or not MAIL.search(texts[-1]):
        return False
    return not any(MAIL.search(text) or LABEL.match(text) for text in texts[:-1])


def _is_like_address(texts: Sequence[str]) -> bool:
    """Whether it is an address, or a name, a street, and a town without its code."""
    if _is_address(texts):
        return True
    numbered = [_has_digit(text) for text in texts]
    return len(texts) > 2 and not numbered[0] and not numbered[-1] and _has_street(texts)


def _are_values(texts: Sequence[str]) -> bool:
    """Whether most begin with a digit: numbers and dates, with their labels on the left."""
    return 2 * sum(text[:1].isdigit() for text in texts) > len(texts)


def _without_head(rows: Sequence[Row]) -> list[str]:
    texts = [row.text.strip() for row in rows]
    return texts[1:] if texts[0].endswith((":", "：")) else texts


def _is_place(text: str) -> bool:
    return bool(CODE_FIRST.match(text) or CODE_LAST.fullmatch(text))


def _has_street(texts: Sequence[str]) -> bool:
    return any(STREET.match(text) for text in texts[1:])


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _has_head(rows: Sequence[Row]) -> bool:
    """Whether only the first line ends with a colon."""
    ends = [row.text.strip().endswith((":", "：")) for row in rows]
    return ends[0] and not any(ends[1:])


def _have_same_labels(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether at least two rows, and most, begin with the same label on both sides."""
    labels = _labels(left), _labels(right)
    same = len(set(labels[0]) & set(labels[1]))
    return same >= FEWEST and 2 * same > max(map(len, labels))


def _labels(rows: Sequence[Row]) -> list[str]:
    found = (LABEL.match(row.text.strip()) for row in rows)
    return [match[1].casefold() for match in found if match]


def _are_signed(left: Sequence[Row], right: Sequence[Row], lines: Sequence[Bbox]) -> bool:
    """Whether signature lines, drawn or of underscores, are above both at the same height."""
    if UNDERSCORES.fullmatch(left[0].text.strip()):
        return bool(UNDERSCORES.fullmatch(right[0].text.strip()))
    end = min(row.box.left for row in right)
    start = max(row.box.right for row in left)
    before = [line for line in lines if line.right < end and _is_signed(line, left)]
    after = [line for line in lines if before and line.left > start and _is_signed(line, right)]
    near = left[0].size / 2
    return any(abs(one.top - other.top) <= near for one in before for other in after)


def _is_signed(line: Bbox, rows: Sequence[Row]) -> bool:
    first = rows[0]
    above = -0.2 * first.size <= first.box.top - line.bottom <= SIGNED_NEAR * first.size
    over = min(line.right, first.box.right) - max(line.left, first.box.left)
    return above and over > first.box.width / 2 and line.width >= SIGNED_WIDTH * first.size
