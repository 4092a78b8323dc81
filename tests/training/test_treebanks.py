"""Conversion of two versions of UD to one scheme."""

from pathlib import Path

import pytest

from training.features import convert_features
from training.lemmas import condense, count_copies
from training.treebanks import (
    Word,
    convert_lemma,
    format_conllu,
    read_conllu,
    restore_nukta,
    space_words,
)

UD1 = """\
1\tनेताओं\tनेता\tNOUN\tNN\tAspect=0|Case=O|Gender=M|Number=Pl|Person=3\t3\tnsubj\t_\t_
2\tने\tने\tADP\tPSP\t_\t1\tcase\t_\t_
3\tकहा\tकह\tVERB\tVM\tAspect=Ya|Gender=M|Number=Sg|Person=Any|Stype=Declarative|Voice=Active\t0\troot\t_\t_
4\t,\tCOMMA\tPUNCT\tSYM\t_\t3\tpunct\t_\t_
5\tऔर\tऔर\tCONJ\tCC\t_\t3\tcc\t_\t_
6\tवह\tवह\tPRON\tPRP\tCase=D|Gender=Any|Number=Sg|Person=3H\t7\tnsubj\t_\t_
7\tठीक\tठीक\tADJ\tJJ\tCase=Any|Gender=Any|Number=Any\t3\tconj\t_\t_
8\tथा\tथा\tVERB\tVM\tAspect=Wa|Gender=M|Number=Sg|Person=Any|Stype=Declarative|Voice=Active\t7\tcop\t_\t_
9\t।\t।\tPUNCT\tSYM\t_\t3\tpunct\t_\t_
"""
UD2 = """\
# text = वह आया है।
1\tवह\tवह\tPRON\tPRP\tCase=Nom|Number=Sing|Person=3|PronType=Prs\t2\tnsubj\t_\tTranslit=vaha
2\tआया\tआना\tVERB\tVBI\tGender=Masc|Number=Sing|Person=3\t0\troot\t_\t_
3\tहै\tहैना\tVERB\tVXH\tAspect=Imp|Gender=Masc|Mood=Ind|Number=Sing|Person=3|Tense=Pres\t2\taux\t_\tSpaceAfter=No
4\t।\t।\tPUNCT\t.\t_\t2\tpunct\t_\tTranslit=.
"""


def read(tmp_path: Path, text: str, is_ud1: bool) -> list[Word]:
    """Read one sentence."""
    path = tmp_path / "treebank.conllu"
    path.write_text(text + "\n", "utf-8")
    (words,) = read_conllu(path, is_ud1)
    return words


def test_ud1_is_converted_to_the_scheme(tmp_path: Path) -> None:
    """Infinitives, CCONJ, AUX for the copula, a comma for its placeholder, spacing by rule."""
    words = read(tmp_path, UD1, is_ud1=True)
    assert [word.lemma for word in words] == ["नेता", "ने", "कहना", ",", "और", "वह", "ठीक", "था", "।"]
    assert [word.upos for word in words][3:8] == ["PUNCT", "CCONJ", "PRON", "ADJ", "AUX"]
    assert words[0].feats == "Case=Acc|Gender=Masc|Number=Plur"
    assert words[2].feats == "Aspect=Perf|Gender=Masc|Number=Sing"
    assert words[7].feats == "Gender=Masc|Number=Sing|Tense=Past"
    assert [word.space_after for word in words][2:4] == [False, True]


def test_errors_of_ud2_are_repaired(tmp_path: Path) -> None:
    """No invented infinitive of the copula; the aspect is inferred from the ending."""
    words = read(tmp_path, UD2, is_ud1=False)
    assert [word.lemma for word in words] == ["वह", "आना", "है", "।"]
    assert words[2].upos == "AUX"
    assert words[1].feats == "Aspect=Perf|Gender=Masc|Number=Sing"
    assert words[2].feats == "Number=Sing|Person=3|Tense=Pres"
    assert not words[2].space_after


@pytest.mark.parametrize(
    ("form", "lemma", "upos", "expected"),
    [
        ("मिले", "मिल", "VERB", "मिलना"),
        ("गई", "जा", "AUX", "जाना"),
        ("हैं", "है", "AUX", "है"),
        ("चाहिए", "चाहिए", "AUX", "चाहिए"),
        ("'", "SINGLE_QUOTE", "PUNCT", "'"),
        ("छोड\u093cकर", "छोड", "VERB", "छोड\u093cना"),
    ],
)
def test_lemmas_of_ud1_are_converted(form: str, lemma: str, upos: str, expected: str) -> None:
    """Stems become infinitives, except the copula."""
    assert convert_lemma(form, lemma, upos, is_ud1=True) == expected


def test_nukta_is_restored_only_where_lemma_and_form_agree() -> None:
    """Letters of the lemma after the first difference are unchanged."""
    assert restore_nukta("गाड\u093cियों", "गाडी") == "गाड\u093cी"
    assert restore_nukta("किया", "करना") == "करना"


def test_progressive_and_future_are_marked() -> None:
    """These tenses decide the status of a meeting."""
    future = convert_features(
        "Aspect=Ga|Gender=M|Number=Sg|Person=3", form="करेगा", lemma="करना", upos="VERB", is_ud1=True
    )
    running = convert_features(
        "Aspect=Ya|Gender=M|Number=Sg", form="रहा", lemma="रहना", upos="AUX", is_ud1=True
    )
    assert "Tense=Fut" in future
    assert "Aspect=Prog" in running


def test_quotes_open_and_close_in_turn() -> None:
    """No space after an opening quote, none before a closing quote."""
    words = space_words([Word(text, "_", "X", "_") for text in ("'", "ठीक", "'", "है", "।")])
    assert "".join(w.text + " " * w.space_after for w in words).strip() == "'ठीक' है।"


def test_condensing_keeps_the_most_frequent_lemma() -> None:
    """The number of copies grows with the logarithm of the count."""
    often, seldom = Word("के", "का", "ADP", "_"), Word("के", "के", "ADP", "_")
    words = [word for row in condense([[often] * 9 + [seldom] * 8]) for word in row]
    assert words.count(often) > words.count(seldom)
    assert count_copies(1000, is_commonest=False) == 10


def test_conllu_can_be_read_again(tmp_path: Path) -> None:
    """Reading the written file gives the same words."""
    words = read(tmp_path, UD2, is_ud1=False)
    assert read(tmp_path, format_conllu([words]).rstrip("\n") + "\n", is_ud1=False) == words
