"""Letters of the same shape: each word is in one script."""

from __future__ import annotations

import pytest

from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.heads.lookalikes import settled


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
