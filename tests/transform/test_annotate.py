"""The annotator keeps its promises on real models: offsets, order, labels, a version that names the models."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from etl.config import Settings
from etl.errors import ModelsMissing
from etl.models import IST, RawArticle
from etl.transform.annotate import LABELS, Annotator, annotator_version
from etl.transform.clean import clean_article

TEXT = (
    "मुख्यमंत्री ने शनिवार को जयपुर में अधिकारियों की बैठक ली। बैठक दो घंटे चली।\n"
    "डॉ. एस. जयशंकर सोमवार को मास्को जाएंगे. वहां वे रूसी नेताओं से मिलेंगे."
)


def make_article(text: str, title: str | None = None):  # type: ignore[no-untyped-def]
    raw = RawArticle("परीक्षण", None, title, text, datetime(2022, 9, 14, tzinfo=IST))
    return clean_article(raw, "2022-09-14")


def test_offsets_quote_the_article(annotator: Annotator) -> None:
    article = make_article(TEXT, title="मुख्यमंत्री ने ली बैठक")
    sentences = list(annotator.annotate([article]))
    assert [sentence.sentence_number for sentence in sentences] == list(range(len(sentences)))
    assert sentences[0].text == "मुख्यमंत्री ने ली बैठक"
    for sentence in sentences:
        assert article.text[sentence.start_char : sentence.end_char] == sentence.text
        for span in (*sentence.tokens, *sentence.mentions):
            assert article.text[span.start_char : span.end_char] == span.text
            assert sentence.start_char <= span.start_char < span.end_char <= sentence.end_char


def test_no_sentence_crosses_a_paragraph_and_initials_do_not_end_one(annotator: Annotator) -> None:
    sentences = [sentence.text for sentence in annotator.annotate([make_article(TEXT)])]
    assert sentences == [
        "मुख्यमंत्री ने शनिवार को जयपुर में अधिकारियों की बैठक ली।",
        "बैठक दो घंटे चली।",
        "डॉ. एस. जयशंकर सोमवार को मास्को जाएंगे.",
        "वहां वे रूसी नेताओं से मिलेंगे.",
    ]


def test_articles_are_annotated_alike_alone_and_together(annotator: Annotator) -> None:
    articles = [make_article(TEXT), make_article(TEXT[::1] + " यह अंत है।")]
    together = list(annotator.annotate(articles))
    alone = [sentence for article in articles for sentence in annotator.annotate([article])]
    assert together == alone


def test_labels_are_the_products_own(annotator: Annotator) -> None:
    labels = {m.label for s in annotator.annotate([make_article(TEXT)]) for m in s.mentions}
    assert "PERSON" in labels
    assert labels <= set(LABELS.values())


def test_words_carry_lemma_and_part_of_speech(annotator: Annotator) -> None:
    sentence = next(iter(annotator.annotate([make_article(TEXT)])))
    token = next(token for token in sentence.tokens if token.text == "अधिकारियों")
    assert (token.lemma, token.upos) == ("अधिकारी", "NOUN")


def test_version_changes_with_any_model_file(settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "models"
    shutil.copytree(settings.models_dir, copy)
    assert annotator_version(copy) == annotator_version(settings.models_dir)
    with (copy / "hi" / "lemma" / "mulaqat.pt").open("ab") as file:
        file.write(b"x")
    assert annotator_version(copy) != annotator_version(settings.models_dir)


def test_missing_models_are_told_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelsMissing, match="MULAQAT_MODELS"):
        annotator_version(tmp_path)
