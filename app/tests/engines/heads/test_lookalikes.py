"""Letters of the same shape: each word is in one script."""

from __future__ import annotations

import pytest

from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.heads.lookalikes import settled
from app.engines.paddleocr.heads.twin_words import script_of_twins


@pytest.mark.parametrize(
    ("script", "read", "meant"),
    [
        ("Cyrillic", "Mосква", "Москва"),
        ("Cyrillic", "Miсrоsoft и Windоws", "Microsoft и Windows"),
        ("Cyrillic", "CCCP был", "СССР был"),
        ("Cyrillic", "размер 5 x 7", "размер 5 x 7"),
        ("Greek", "Oλα τα Aρχεία", "Ολα τα Αρχεία"),
        ("Greek", "Αdobe και Gοogle", "Adobe και Google"),
        ("Armenian", "hայաuտան", "հայաստան"),
        ("Armenian", "Gօօցle ծառայnւթյnւն", "Google ծառայություն"),
        ("Hebrew", "abc", "abc"),
    ],
)
def test_words_are_in_one_script(script: str, read: str, meant: str) -> None:
    line = [Character(each, at / len(read), 0.9) for at, each in enumerate(read)]
    assert "".join(each.text for each in settled(line, script)) == meant


@pytest.mark.parametrize(
    ("read", "script"),
    [
        ("Kacca", "Cyrillic"),
        ("MOCKBA", "Cyrillic"),
        ("Kacca N 5", "Cyrillic"),
        ("TABEPNA", "Greek"),
        ("kacca", None),  # the Cyrillic к is no k
        ("Taxi", None),
        ("COMETA", None),
        ("KAPTA", None),
        ("Kacca open", None),
        ("5", None),
        ("", None),
    ],
)
def test_words_that_only_another_script_has(read: str, script: str | None) -> None:
    assert script_of_twins(read) == script
