"""Texts for drawn tables: labels, headers, amounts and prose in a few languages."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

ENGLISH = """region district total population share growth income number rate index average output
export import steel cotton wheat barley timber copper coal energy water transport housing health
education employment labour wages prices household company market season quarter annual monthly
estimate forecast revised north south east west central upper lower other general public private
net gross value volume area weight persons pupils schools hospitals units orders""".split()
GERMAN = """Bezirk Einwohner Anteil Wachstum Einkommen Anzahl Quote Durchschnitt Ausfuhr Einfuhr
Stahl Weizen Gerste Holz Kupfer Kohle Energie Wasser Verkehr Wohnung Gesundheit Bildung Arbeit Löhne
Preise Haushalt Betrieb Markt Quartal jährlich monatlich Schätzung Nord Süd Ost West Menge Fläche
Gewicht Personen Schulen Stück Bestellung über für""".split()
FRENCH = """région département total population part croissance revenu nombre taux moyenne sortie
exportation acier coton blé orge bois cuivre charbon énergie eau transport logement santé
éducation emploi salaires prix ménage société marché saison trimestre annuel mensuel
estimation révisé""".split()
ARABIC = """المنطقة السكان المجموع النسبة النمو الدخل العدد المعدل المتوسط الإنتاج الصادرات القمح
القطن الحديد النحاس الطاقة المياه النقل الإسكان الصحة التعليم العمل الأجور الأسعار السوق الموسم
السنة الشهر الشمال الجنوب الشرق الغرب القيمة الحجم""".split()


@dataclass(frozen=True)
class Language:
    code: str
    words: list[str]
    direction: str = "ltr"
    comma: str = ","
    point: str = "."
    weight: int = 1

    def label(self, chance: random.Random, *, long: bool = False) -> str:
        words = chance.sample(self.words, chance.randint(4, 7) if long else chance.randint(1, 3))
        return self._sentence(words)

    def head(self, chance: random.Random, *, short: bool = False) -> str:
        if chance.random() < 0.25:
            return str(chance.randint(1990, 2030))
        return self._sentence(chance.sample(self.words, 1 if short else chance.randint(1, 3)))

    def caption(self, chance: random.Random) -> str:
        number = chance.randint(1, 20)
        return f"Table {number}: " + self._sentence(chance.sample(self.words, 5))

    def note(self, chance: random.Random) -> str:
        return self._sentence(chance.sample(self.words, 8)) + "."

    def amount(self, value: float, digits: int) -> str:
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans({",": self.comma, ".": self.point}))

    @staticmethod
    def _sentence(words: list[str]) -> str:
        return words[0][:1].upper() + words[0][1:] + "".join(f" {word}" for word in words[1:])


@cache
def languages() -> tuple[Language, ...]:
    return (
        Language("en", ENGLISH, weight=5),
        Language("de", GERMAN, comma=".", point=",", weight=2),
        Language("fr", FRENCH, comma="\N{NO-BREAK SPACE}", point=",", weight=1),
        Language("ar", ARABIC, "rtl", weight=1),
    )


def paragraph(chance: random.Random, language: Language) -> str:
    return " ".join(language.note(chance) for _ in range(chance.randint(3, 7)))


def _whole(chance: random.Random, language: Language) -> str:
    return language.amount(chance.lognormvariate(6, 3), 0)


def _decimal(chance: random.Random, language: Language) -> str:
    return language.amount(chance.uniform(-20, 400), chance.choice((1, 1, 1, 2)))


def _percent(chance: random.Random, language: Language) -> str:
    return language.amount(chance.uniform(0, 100), 1) + " %"


def _words(chance: random.Random, language: Language) -> str:
    return language.label(chance)


def _mark(chance: random.Random, language: Language) -> str:
    return chance.choice(("–", "x", "yes", "no"))


AMOUNTS: tuple[Callable[[random.Random, Language], str], ...] = (
    _whole,
    _whole,
    _decimal,
    _decimal,
    _percent,
    _words,
    _mark,
)
