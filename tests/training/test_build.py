"""The one command, from nothing to a bundle that plain Stanza loads: on a handful of sentences and a few steps."""

import json
import lzma
from functools import partial
from pathlib import Path

import pytest
import stanza

pytest.importorskip("gensim", reason="what only training needs is not installed (training/requirements.txt)")

from training import build, bundle, characters, corpora, trainers, vectors

PEOPLE = ("राम कुमार", "सीता देवी", "मोहन लाल", "गीता शर्मा", "अमित सिंह", "नेहा वर्मा")
PLACES = ("पुणे", "दिल्ली", "लखनऊ", "पटना", "जयपुर")
VERBS = (("गए", "जाना"), ("आए", "आना"), ("पहुंचे", "पहुंचना"))


def sentences() -> list[tuple[str, str, str, str]]:
    """Return person, place, verb and its lemma, of ninety sentences."""
    return [(person, place, *verb) for person in PEOPLE for place in PLACES for verb in VERBS]


def write_entities(path: Path, person_label: str, place_label: str) -> None:
    lines = []
    for person, place, verb, _ in sentences():
        first, last = person.split()
        rows = [
            (first, f"B-{person_label}"),
            (last, f"I-{person_label}"),
            ("कल", "O"),
            (place, f"B-{place_label}"),
        ]
        rows += [(verb, "O"), ("।", "O")]
        lines += [f"{word}\t{tag}" for word, tag in rows] + [""]
    path.write_text("\n".join(lines), "utf-8")


def write_treebank(path: Path, *, is_ud1: bool) -> None:
    blocks = []
    for person, place, verb, lemma in sentences():
        first, last = person.split()
        stem = lemma.removesuffix("ना") if is_ud1 else lemma
        rows = [
            (first, first, "PROPN", "Case=Nom"),
            (last, last, "PROPN", "Case=Nom"),
            ("कल", "कल", "ADV", "_"),
            (place, place, "PROPN", "Case=Acc"),
            (verb, stem, "VERB", "Aspect=Perf|Number=Plur"),
            ("।", "।", "PUNCT", "_"),
        ]
        blocks.append(
            "\n".join(
                f"{n}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{n - 1}\t{'root' if n == 1 else 'dep'}\t_\t_"
                for n, (form, lemma, upos, feats) in enumerate(rows, 1)
            )
        )
    path.write_text("\n\n".join(blocks) + "\n", "utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for name in ("ner", "treebank", "text", "gazetteers"):
        (folder / name).mkdir(parents=True)
    write_entities(folder / "ner" / "ilner-hi-train.txt", "NEP", "NEL")
    (folder / "ner" / "ilner-hi-dev.txt").write_text("सीता\tB-NEP\nकल\tO\nपुणे\tB-NEL\nआई\tO\n।\tO\n", "utf-8")
    write_entities(folder / "ner" / "hiner-original-part.conll", "PERSON", "LOCATION")
    write_treebank(folder / "treebank" / "hi_hdtb-ud1-dev.conllu", is_ud1=True)
    write_treebank(folder / "treebank" / "hi_pud-part.conllu", is_ud1=False)
    text = " ".join(f"{person} कल {place} {verb} ।" for person, place, verb, _ in sentences())
    for name in ("ddnews.jsonl.xz", "hiwiki.jsonl.xz"):
        with lzma.open(folder / "text" / name, "wt", encoding="utf-8") as file:
            file.write(json.dumps({"id": 1, "text": text}, ensure_ascii=False) + "\n")
    (folder / "gazetteers" / "indian_names.tsv").write_text("rav\tराव\nmishra\tमिश्र\njoshi\tजोशी\n", "utf-8")
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "dev.json").write_text("[]", "utf-8")
    return folder


@pytest.mark.filterwarnings("ignore")
def test_build_runs_from_nothing_and_resumes(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "EPOCHS", 1)
    monkeypatch.setattr(characters, "RAREST_CHARACTER", 1)
    monkeypatch.setattr(characters, "HIDDEN_DIM", 16)
    monkeypatch.setattr(characters, "CHARACTERS_AT_ONCE", 500)
    monkeypatch.setattr(corpora, "TEMPLATE_COPIES", 1)
    monkeypatch.setattr(build, "TEACHER_STEPS", 4)
    monkeypatch.setattr(build, "NER_STEPS", 4)
    for name, settings in (
        ("train_tokenizer", {"steps": 4}),
        ("train_pos", {"steps": 10}),
        ("train_lemma", {"epochs": 1}),
    ):
        monkeypatch.setattr(trainers, name, partial(getattr(trainers, name), **settings))
    paths = build.Paths(data, data.parent / "gold" / "dev.json", tmp_path / "work")
    paths.work.mkdir()
    build.run_steps(paths)
    made = {path.name: path.stat().st_mtime_ns for path in paths.work.glob("*.pt")}
    build.run_steps(paths)
    assert {path.name: path.stat().st_mtime_ns for path in paths.work.glob("*.pt")} == made
    bundle.publish_bundle(paths.work, tmp_path / "models")
    pipeline = stanza.Pipeline(
        "hi",
        dir=str(tmp_path / "models"),
        processors="tokenize,pos,lemma,ner",
        download_method=None,
        use_gpu=False,
        verbose=False,
    )
    words = [word for sentence in pipeline("राम कुमार कल पुणे गए ।").sentences for word in sentence.words]
    assert all(word.upos and word.lemma for word in words)
