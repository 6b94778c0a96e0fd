"""The long s of early print, read as f."""

from __future__ import annotations

import pytest

from app.ocr.result import Bbox, Block, Line, Page, Word
from app.recognition.long_s import with_long_s_settled, with_s

EARLY = (
    "funt hæc autem ipfa verba quæ poft mortem fuam nobis reliquit femper effe\n"
    "caufam & fpatium inter confequentia, nifi forte manus ejufdem fit hoftis.\n"
    "It is moft certain that fuch perfons who have paffed the ftreets muft firft\n"
    "and that the money which they had was to be given to them at the end of the year.\n"
)
MODERN = (
    "The first of these forms is filed after the staff has left for the afternoon,\n"
    "so please fill in the fields for fees before the offices of the firm are shut.\n"
    "Half of the profit itself is often left for the father's family and friends.\n"
)
LATEX = (
    r"\seq_put_right:NV \l__form_field_opt_seq \l__form_field_tmpa_str"
    "\n"
    r"\formdict_put:nnx { l__form/field } {Opt} { \form_ref_last: }"
    "\n"
    r"\flushleft 26 \ifdim 31 \iffalse 7 \ifmmode 9 \leftskip 8"
    "\n"
    r"\ifx 5 \ffield 11 \lfloor 4 \justify 41 \ifcat 2 \newif 9 \fbox 1 \fcolor 4"
    "\n"
)
INDEX = (
    "flushleft 26 FlushLeftBox 226 raggedleft 253 ifdim 31 iffalse 98 ifmmode 139\n"
    "leftskip 8 fmtversion 92 ifx 17 newif 3 ffield 11 lfloor 44 fbox 71 fcolor 4\n"
)
C_CODE = (
    "static int ffs(struct fdt *fdt) { if (fdt->fd == NULL) return ffclose(fdt); }\n"
    "fprintf(stderr, fmt); fputc(fch, fp); fwrite(buf, 1, fsz, fp); fflush(fp);\n"
    "#ifdef HAVE_FCNTL fcntl(fd, F_GETFL); fchmod(fd, 0644); fgetc(fp); fmt = fbuf;\n"
)
ABBREVIATIONS = (
    "BfArM Bundesinstitut, BfDI, DFKI, KfW Bank, AfD, EfA, KfZ, GfK, IfG, MfS, OfW\n"
    "cf. ff. fl. fp. fr. ft. fv. mf. mfr. pf. pfg. pft. afgh. aflt. cfm. dft. eff. fwd.\n"
)
ITALIAN = (
    "La famiglia di Raffaele offre caffè e frutta fresca, farina fine, formaggi freschi,\n"
    "fagioli, funghi e fiori. Il fuoco nel forno fa fumo; il fiume fuori è freddo e fangoso.\n"
)
HUNGARIAN = (
    "A férfi felfelé figyelt, a fiú föl-föl futott a fáklyafénnyel megfestett fa felé;\n"
    "felfedezte a fehér falfelületet, a folyófüvet, a fenyőfát és a friss forrás felét.\n"
)
GERMAN = (
    "Auf dem Hof fuhr der fünfte Wagen auf, auffallend flach und offen für frische Luft.\n"
    "Der Affe griff oft tief hinauf; hilft er auf, fließt auf Pfaden freier Dampf herauf.\n"
)
CHEMISTRY = (
    "fluorfluorescein, sulfoxide, trifluoroacetic, difluoromethyl, afforestation, nafcillin\n"
    "perfluoroheptane, ferrofluid, furfural, formaldehyde, riboflavin, flufenamic, cefoxitin\n"
)
BROKEN = (
    "ffff. fffffff: ff caaf ffffffffffff fffff fffofffff öfföfüfff füfüf ffffff fffff caba\n"
    "ffff öfffffffff fffff: fff cf ffff fffffff öfffff fffüfff fföff fcff fffcff ffcfff\n"
)


def page_of(text: str, kind: str = "text") -> Page:
    box = Bbox(0, 0, 50, 20)
    lines = (Line(tuple(Word(each, box, 0.9) for each in row.split())) for row in text.splitlines())
    return Page(1, 900, 300, (Block(tuple(lines), kind),))


def test_long_s_of_an_early_print() -> None:
    read = with_long_s_settled(page_of(EARLY)).text
    assert read.splitlines()[0].startswith("sunt hæc autem ipsa verba quæ post mortem suam")
    assert "causam & spatium inter consequentia, nisi forte" in read
    assert "most certain that such persons" in read


@pytest.mark.parametrize("text", [MODERN, "f(x) fff\nof if", "", EARLY.splitlines()[1],
                                  EARLY + "Weiſe"])  # fmt: skip
def test_pages_without_one_or_with_few_words_stay(text: str) -> None:
    page = page_of(text)
    assert with_long_s_settled(page) is page


@pytest.mark.parametrize("text", [LATEX, LATEX + INDEX, INDEX * 2, C_CODE, ABBREVIATIONS, ITALIAN,
                                  HUNGARIAN, GERMAN, CHEMISTRY, BROKEN])  # fmt: skip
def test_code_lists_and_words_rich_in_f_stay(text: str) -> None:
    assert with_long_s_settled(page_of(text)).text == page_of(text).text


def test_code_beside_early_print_stays() -> None:
    early, code = page_of(EARLY), page_of("the ftreets first", kind="code")
    settled = with_long_s_settled(
        Page(1, 900, 300, (*early.blocks, *page_of(r"\fpatium_eft eft").blocks, *code.blocks))
    ).text
    assert "sunt hæc autem" in settled
    assert r"\fpatium_eft eft" in settled
    assert "the ftreets first" in settled


def test_few_words_repeated_are_no_evidence() -> None:
    page = page_of("fpatium eft fuam " * 20)
    assert with_long_s_settled(page) is page


@pytest.mark.parametrize(
    ("word", "expected"),
    [("eft", "est"), ("of", "of"), ("ftaff", "staff"), ("fpatiofiffimis", "spatiosissimis")],
)
def test_word_as_it_is_most_plausible(word: str, expected: str) -> None:
    assert with_s(word) == expected
