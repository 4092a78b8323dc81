"""The whole recipe, from the corpora to a bundle that plain Stanza loads, on a few sentences and training steps."""

import json
import lzma
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import stanza
from stanza.models import ner_tagger
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.trainer import Trainer

from etl.transform.annotate.recognise import Recogniser

pytest.importorskip("gensim", reason="training/requirements.txt is not installed")

from training import build, bundle, characters, corpora, trainers, vectors

PEOPLE = ("राम कुमार", "सीता देवी", "मोहन लाल", "गीता शर्मा", "अमित सिंह", "नेहा वर्मा")
PLACES = ("पुणे", "दिल्ली", "लखनऊ", "पटना", "जयपुर")
VERBS = (("गए", "जाना"), ("आए", "आना"), ("पहुंचे", "पहुंचना"))


def sentences() -> list[tuple[str, str, str, str]]:
    """Return (person, place, verb, lemma of the verb) of ninety sentences."""
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


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora") / "data"
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
    gold = folder.parent / "gold"
    gold.mkdir()
    (gold / "dev.json").write_text("[]", "utf-8")
    return folder


@pytest.fixture(scope="module")
def paths(data: Path) -> Iterator[build.Paths]:
    """Run all steps of a build once, with few training steps; the patches apply to all tests of the module."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.setattr(vectors, "EPOCHS", 1)
        patch.setattr(characters, "RAREST_CHARACTER", 1)
        patch.setattr(characters, "HIDDEN_DIM", 16)
        patch.setattr(characters, "CHARACTERS_AT_ONCE", 500)
        patch.setattr(corpora, "TEMPLATE_COPIES", 1)
        patch.setattr(build, "TEACHER_STEPS", 4)
        patch.setattr(build, "NER_STEPS", 4)
        patch.setattr(build, "SETTLING_STEPS", 4)
        patch.setattr(trainers, "train_tokenizer", partial(trainers.train_tokenizer, steps=4))
        patch.setattr(trainers, "train_pos", partial(trainers.train_pos, steps=10))
        patch.setattr(trainers, "train_lemma", partial(trainers.train_lemma, epochs=1))
        made = build.Paths(data, data.parent / "gold" / "dev.json", data.parent / "work")
        made.work.mkdir()
        build.run_steps(made)
        yield made


def test_build_makes_models_that_stanza_loads(paths: build.Paths, tmp_path: Path) -> None:
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


def test_build_skips_finished_steps(paths: build.Paths) -> None:
    made = {path.name: path.stat().st_mtime_ns for path in paths.work.glob("*.pt")}
    build.run_steps(paths)
    assert {path.name: path.stat().st_mtime_ns for path in paths.work.glob("*.pt")} == made


@pytest.mark.parametrize("knows_language", [False, True])
def test_own_loop_tags_as_stanza_does(paths: build.Paths, knows_language: bool) -> None:
    """With a character layer, as in our bundle, and with character language models, as in official packages."""
    name = "other" if knows_language else "ner"
    files = {
        f"charlm_{direction}_file": paths.work / f"{direction}_charlm.pt"
        for direction in ("forward", "backward")
    }
    if knows_language:
        ner_tagger.main(
            trainers.run_arguments(
                paths.work,
                name,
                train_file=paths.work / "ner.train.json",
                eval_file=paths.work / "ner.dev.json",
                wordvec_pretrain_file=paths.work / "pretrain.pt",
                charlm=True,
                charlm_shorthand=trainers.SHORTHAND,
                hidden_dim=16,
                max_steps=20,
                **files,
            )
        )
        trainers.keep_checkpoint(paths.work, name)
    trainer = Trainer(
        model_file=str(paths.work / f"{name}.pt"),
        pretrain=Pretrain(str(paths.work / "pretrain.pt")),
        args={key: str(file) for key, file in files.items()},
        device="cpu",
    )
    recogniser = Recogniser(trainer)
    rows = [["राम", "कुमार", "कल", "अनजाना", "गए", "।"], ["पुणे"], ["सीता", "देवी", "और", "मोहन", "लाल"] * 7]
    assert recogniser._is_plain
    assert recogniser.tag(rows) == recogniser._tag_with_stanza(rows)
