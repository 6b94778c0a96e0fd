"""Words that begin captions, by language: patterns of figures' and of tables' labels."""

from __future__ import annotations

# A dot after an abbreviation is part of it; the number follows.
FIGURE_WORDS = (
    r"fig(?:ure|\.)?|plate|photo|chart|scheme|listing|exhibit|box|map|illustration",  # English
    r"abb(?:ildung|\.)?|bild|karte|grafik|schema|foto",  # German
    r"graph(?:ique)?|carte|schéma|planche",  # French
    r"figura|gráfic[oa]?|mapa|quadre|imagen|imagem|ilustra(?:ción|ção)",  # Spanish, Portuguese
    r"grafico|immagine|tavola",  # Italian
    r"figuur|afb(?:eelding|\.)|figur",  # Dutch, Danish, Norwegian, Swedish
    r"kuva|kuvio|joonis|kép",  # Finnish, Estonian, Hungarian
    r"rys(?:unek|\.)|wykres|ryc(?:ina|\.)|obr(?:ázek|ázok|\.)|graf|slika",  # Polish to Slovene
    r"рис(?:унок|\.)?|схема|график|фиг(?:ура|\.)|мал(?:юнок|\.)|слика",  # Cyrillic
    r"σχ(?:ήμα|\.)|εικ(?:όνα|\.)|διάγραμμα",  # Greek
    r"şekil|resim|grafik|hình|biểu đồ|gambar",  # Turkish, Vietnamese, Indonesian
    r"איור|תרשים|الشكل|شكل|صورة|تصویر|نمودار",  # Hebrew, Arabic, Persian
    r"चित्र|আকৃতি|চিত্র|படம்|పటం|რის|სურათი|ნახ\.|รูปที่|ภาพที่|그림",  # India, Georgian, Thai, Korean
)
TABLE_WORDS = (
    r"tab(?:le|elle|leau|la|ela|ella|elul|ell|el|ul[kľ]a|lica|lo|\.)?",  # Latin letters
    r"cuadro|quadro|taula|taulukko|táblázat|çizelge|bảng|preglednica",
    r"табл(?:ица|иця|\.)|табела|πίν(?:ακας|\.)",
    r"טבלה|לוח|الجدول|جدول|तालिका|सारणी|সারণি|அட்டவணை|పట్టిక|ცხრილი|ตารางที่|ตาราง|표",
)
# Words after the number: Hungarian, Lithuanian, Latvian.
LATER_WORDS = r"(?:ábra|kép|táblázat|pav\.|lentelė|attēls|tabula)"
FIGURES = "|".join(FIGURE_WORDS)
TABLES = "|".join(TABLE_WORDS)
