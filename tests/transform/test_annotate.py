"""The annotator with real models: offsets, order, labels, tags, cache, and the version of the models."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from etl.config import Settings
from etl.domain.article import Article, Mention, Sentence, Token
from etl.domain.days import IST
from etl.domain.raw import RawArticle
from etl.errors import ModelsMissing
from etl.storage.annotation_cache import AnnotationCache
from etl.storage.seed_files import read_seeds
from etl.transform.annotate import Annotator, annotator_version, fetch_official
from etl.transform.annotate.annotator import LABELS
from etl.transform.annotate.bundle import load_pipeline
from etl.transform.annotate.segment import LONGEST_PARAGRAPH, LONGEST_SENTENCE
from etl.transform.clean import clean_article
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.triggers import find_triggers, mentions_trigger

TEXT = (
    "मुख्यमंत्री ने शनिवार को जयपुर में अधिकारियों की बैठक ली। बैठक दो घंटे चली।\n"
    "डॉ. एस. जयशंकर सोमवार को मास्को जाएंगे. वहां वे रूसी नेताओं से मिलेंगे."
)


NEWS = (
    "प्रधानमंत्री नरेंद्र मोदी ने सोमवार को टोक्यो में जापान के प्रधानमंत्री फुमियो किशिदा से मुलाकात की। "
    "दोनों नेताओं ने 2.5 घंटे तक बातचीत की।\n"
    "बारिश के कारण 12 जिलों में स्कूल बंद रहे। अगले दो दिन भी वर्षा का अनुमान है।\n"
    "नेपाल के विदेश मंत्री ने कहा, “हम चर्चा को तैयार हैं।” इसके बाद वे काठमांडू लौट गए. शेयर बाजार में तेजी रही."
)


def make_article(text: str, title: str | None = None) -> Article:
    raw = RawArticle("परीक्षण", None, title, text, datetime(2022, 9, 14, tzinfo=IST))
    return clean_article(raw, "2022-09-14")


def test_offsets_point_into_the_article(annotator: Annotator) -> None:
    article = make_article(TEXT, title="मुख्यमंत्री ने ली बैठक")
    sentences = list(annotator.annotate([article]))
    assert [sentence.sentence_number for sentence in sentences] == list(range(len(sentences)))
    assert sentences[0].text == "मुख्यमंत्री ने ली बैठक"
    for sentence in sentences:
        assert article.text[sentence.start_char : sentence.end_char] == sentence.text
        spans: list[Token | Mention] = [*sentence.tokens, *sentence.mentions]
        for span in spans:
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


def test_annotation_does_not_depend_on_other_articles(annotator: Annotator) -> None:
    articles = [make_article(TEXT), make_article(TEXT[::1] + " यह अंत है।")]
    together = list(annotator.annotate(articles))
    alone = [sentence for article in articles for sentence in annotator.annotate([article])]
    assert together == alone


def test_labels_are_those_of_the_product(annotator: Annotator) -> None:
    labels = {m.label for s in annotator.annotate([make_article(TEXT)]) for m in s.mentions}
    assert "PERSON" in labels
    assert labels <= set(LABELS.values())


def test_words_carry_lemma_and_part_of_speech(annotator: Annotator) -> None:
    sentence = next(iter(annotator.annotate([make_article(TEXT)])))
    token = next(token for token in sentence.tokens if token.text == "अधिकारियों")
    assert (token.lemma, token.upos) == ("अधिकारी", "NOUN")


def is_tagged(sentence: Sentence) -> bool:
    return sentence.tokens[0].upos is not None


def test_own_loops_give_the_result_of_plain_stanza(annotator: Annotator, settings: Settings) -> None:
    pipeline = load_pipeline(settings.models_dir)
    article = make_article(NEWS)
    sentences = list(annotator.annotate([article]))
    plain = [sentence for part in article.text.split("\n") for sentence in pipeline(part).sentences]
    assert len(sentences) == len(plain) > 5
    for ours, theirs in zip(sentences, plain, strict=True):
        assert [(t.text, t.upos, t.feats, t.lemma) for t in ours.tokens] == [
            (word.text, word.upos, word.feats, word.lemma) for word in theirs.words
        ]
        assert [(m.text, m.label) for m in ours.mentions] == [(span.text, span.type) for span in theirs.ents]


def test_only_selected_sentences_are_tagged(settings: Settings) -> None:
    selective = Annotator(settings.models_dir, lambda sentence: "बातचीत" in sentence.text)
    sentences = list(selective.annotate([make_article(NEWS)]))
    assert [sentence.text for sentence in sentences if is_tagged(sentence)] == [
        "दोनों नेताओं ने 2.5 घंटे तक बातचीत की।"
    ]
    assert {m.text for s in sentences if not is_tagged(s) for m in s.mentions} >= {"नरेंद्र मोदी", "काठमांडू"}


def test_every_sentence_with_a_trigger_is_selected_for_tagging(
    annotator: Annotator, settings: Settings
) -> None:
    lexicon = Lexicon(read_seeds(settings.seeds_dir))
    sentences = list(annotator.annotate([make_article(NEWS), make_article(TEXT)]))
    with_trigger = [sentence for sentence in sentences if list(find_triggers(sentence, lexicon))]
    assert with_trigger
    assert all(mentions_trigger(sentence, lexicon) for sentence in with_trigger)
    assert not all(mentions_trigger(sentence, lexicon) for sentence in sentences)


def test_text_without_end_marks_is_cut_and_no_text_is_dropped(annotator: Annotator) -> None:
    clause = "राज्यपाल ने दिल्ली में अधिकारियों से कहा कि काम समय पर हो , "
    article = make_article(clause * (2 * LONGEST_PARAGRAPH // len(clause)) + "बस इतना ही।")
    sentences = list(annotator.annotate([article]))
    assert max(len(sentence.tokens) for sentence in sentences) <= LONGEST_SENTENCE
    assert "".join(t.text for s in sentences for t in s.tokens).replace(" ", "") == article.text.replace(
        " ", ""
    )


def test_known_texts_come_from_the_cache(settings: Settings, tmp_path: Path) -> None:
    cache = AnnotationCache(tmp_path, "v")
    first = Annotator(settings.models_dir, cache=cache)
    sentences = list(first.annotate([make_article(NEWS)]))
    assert first.reused_count == 0
    copy = make_article(NEWS, title=None)
    second = Annotator(tmp_path / "no models here", cache=cache)
    assert list(second.annotate([copy])) == sentences
    assert second.reused_count == 1


def test_added_cues_add_tags_to_cached_sentences_and_removed_cues_remove_them(
    settings: Settings, tmp_path: Path
) -> None:
    def annotate(cue: str, folder: Path) -> list[Sentence]:
        cache = AnnotationCache(folder, "v")
        selective = Annotator(settings.models_dir, lambda sentence: cue in sentence.text, cache)
        return list(selective.annotate([make_article(NEWS)]))

    for cue in ("मुलाकात", "चर्चा", "मुलाकात"):
        assert annotate(cue, tmp_path / "kept") == annotate(cue, tmp_path / f"fresh {cue}")


def test_official_models_are_downloaded_once(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(language: str, *, model_dir: str, **_: object) -> None:
        write_official_layout(settings.models_dir, Path(model_dir))

    monkeypatch.setattr("stanza.download", download)
    folder = tmp_path / "data" / "stanza_resources"
    fetch_official(folder)
    version = annotator_version(folder)
    article = make_article(NEWS)
    sentences = list(Annotator(folder).annotate([article]))
    assert {m.label for s in sentences for m in s.mentions} <= set(LABELS.values())
    assert sentences == list(Annotator(settings.models_dir).annotate([article]))
    fetch_official(folder)
    assert annotator_version(folder) == version
    assert [path.name for path in folder.parent.iterdir()] == ["stanza_resources"]


def test_failed_download_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ConnectionError("no route")

    monkeypatch.setattr("stanza.download", fail)
    with pytest.raises(ModelsMissing, match="unset MULAQAT_STANZA"):
        fetch_official(tmp_path / "models")
    assert list(tmp_path.iterdir()) == []


def write_official_layout(bundle: Path, folder: Path) -> None:
    """Write the bundle with the package names and labels of Stanza's official models."""
    resources = json.loads((bundle / "resources.json").read_text("utf-8"))
    official = {"tokenize": "hdtb", "pos": "hdtb_charlm", "lemma": "hdtb_nocharlm", "ner": "ilner_charlm"}
    labels = {ours: label for label, ours in LABELS.items() if label != ours}
    entry = resources["hi"]
    names = {name: official.get(name, "conll17") for name in entry if (bundle / "hi" / name).is_dir()}
    for name, package in names.items():
        target = folder / "hi" / name / f"{package}.pt"
        target.parent.mkdir(parents=True)
        shutil.copy(bundle / "hi" / name / "mulaqat.pt", target)
        description = entry[name].pop("mulaqat")
        for dependency in description.get("dependencies", []):
            dependency["package"] = names[dependency["model"]]
        entry[name][package] = description
    entry["packages"]["default"] = official
    entry["default_processors"] = official
    import torch

    path = folder / "hi" / "ner" / "ilner_charlm.pt"
    checkpoint = torch.load(path, weights_only=True)
    (units,) = checkpoint["vocab"]["tag"]["_id2unit"].values()
    units[:] = [unit[:2] + labels[unit[2:]] if unit[1:2] == "-" else unit for unit in units]
    torch.save(checkpoint, path, _use_new_zipfile_serialization=False)
    (folder / "resources.json").write_text(json.dumps(resources), "utf-8")


def test_version_changes_with_any_model_file(settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "models"
    shutil.copytree(settings.models_dir, copy)
    assert annotator_version(copy) == annotator_version(settings.models_dir)
    with (copy / "hi" / "lemma" / "mulaqat.pt").open("ab") as file:
        file.write(b"x")
    assert annotator_version(copy) != annotator_version(settings.models_dir)


def test_missing_models_raise_an_error_that_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelsMissing, match="MULAQAT_MODELS"):
        annotator_version(tmp_path)
