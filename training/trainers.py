"""Stanza's own trainers, called with the settings of this recipe.

Each function trains one processor from files in the work folder and leaves its checkpoint there.
The settings keep the models small; where they differ from Stanza's defaults without a remark, it
is for size.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from stanza.models import lemmatizer, ner_tagger, tagger, tokenizer

from training.batches import batches_of_like_lengths
from training.characters import remembered_states
from training.entities import Sentence
from training.schedule import falling_rate

SHORTHAND = "hi_mulaqat"
SEED = 1234


def run_arguments(work: Path, name: str, **settings: object) -> list[str]:
    """Write settings as the command line that Stanza's trainers parse; True is a bare flag."""
    settings |= {"save_dir": work, "save_name": f"{name}.partial.pt", "shorthand": SHORTHAND, "seed": SEED}
    arguments: list[str] = []
    for key, value in settings.items():
        arguments.append(f"--{key}")
        if value is not True:
            arguments.append(str(value))
    return arguments


def keep_checkpoint(work: Path, name: str) -> None:
    """Name the checkpoint as finished, once training has ended."""
    (work / f"{name}.partial.pt").replace(work / f"{name}.pt")


def write_tag_sets(path: Path, sentences: Iterable[tuple[Sentence, int]], tag_sets: int) -> None:
    """Write entity sentences for Stanza; each has labels in one tag set and none in the others.

    Args:
        path: JSON file to write.
        sentences: Sentences with the number of the tag set that their labels belong to.
        tag_sets: How many tag sets there are.
    """
    document = [
        [
            {"id": number, "text": word, "multi_ner": [tag if own == n else "-" for n in range(tag_sets)]}
            for number, (word, tag) in enumerate(zip(sentence.words, sentence.tags, strict=True), start=1)
        ]
        for sentence, own in sentences
    ]
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def train_tokenizer(work: Path, steps: int = 2400) -> None:
    """Train the tokenizer and sentence splitter; sentences are longer than Stanza's default allows."""
    (work / "no_expansions.json").write_text("[]", "utf-8")
    tokenizer.main(
        run_arguments(
            work,
            "tokenize",
            txt_file=work / "tokenize.train.txt",
            label_file=work / "tokenize.train.labels",
            dev_txt_file=work / "tokenize.news.txt",
            dev_label_file=work / "tokenize.news.labels",
            mwt_json_file=work / "no_expansions.json",
            lang="hi",
            steps=steps,
            eval_steps=300,
            max_seqlen=400,
            unit_dropout=0.1,
            no_use_mwt=True,
        )
    )
    keep_checkpoint(work, "tokenize")


def train_pos(work: Path, steps: int = 2500) -> None:
    """Train the tagger of parts of speech and features."""
    arguments = run_arguments(
        work,
        "pos",
        train_file=work / "treebank.train.conllu",
        eval_file=work / "treebank.dev.conllu",
        wordvec_pretrain_file=work / "pretrain.pt",
        charlm=True,
        charlm_shorthand=SHORTHAND,
        charlm_forward_file=work / "forward_charlm.pt",
        charlm_backward_file=work / "backward_charlm.pt",
        lang="hi",
        hidden_dim=160,
        word_emb_dim=40,
        word_cutoff=3,
        deep_biaff_hidden_dim=120,
        composite_deep_biaff_hidden_dim=50,
        tag_emb_dim=30,
        transformed_dim=100,
        batch_size=60,
        no_second_optim=True,
        max_steps=steps,
        eval_interval=steps // 10,
        fix_eval_interval=True,
        max_steps_before_stop=steps,
    )
    with falling_rate(0.004, steps), remembered_states():
        tagger.main(arguments)
    keep_checkpoint(work, "pos")


def train_lemma(work: Path, epochs: int = 14) -> None:
    """Train the lemmatiser: a dictionary of what it saw, a sequence model for what it did not."""
    lemmatizer.main(
        run_arguments(
            work,
            "lemma",
            train_file=work / "lemma.train.conllu",
            eval_file=work / "treebank.dev.conllu",
            hidden_dim=100,
            num_epoch=epochs,
        )
    )
    keep_checkpoint(work, "lemma")


def train_ner(work: Path, name: str, steps: int, hidden_dim: int) -> None:
    """Train an entity tagger on ``<name>.train.json``; it predicts the first tag set.

    Adam with a falling rate needs a fraction of the steps of Stanza's default optimiser. The character models
    that help the tagger of parts of speech did not help here; a small character layer of the model's own is
    better and faster.
    """
    with falling_rate(0.0015, steps), batches_of_like_lengths():
        ner_tagger.main(run_arguments(work, name, **_ner_settings(work, name, steps, hidden_dim)))
    keep_checkpoint(work, name)


def settle_ner(work: Path, start: str, name: str, steps: int, hidden_dim: int) -> None:
    """Train the finished tagger ``<start>.pt`` on for a little, on ``<name>.train.json``."""
    settings = _ner_settings(work, name, steps, hidden_dim)
    settings |= {"finetune": True, "finetune_load_name": work / f"{start}.pt"}
    with falling_rate(0.001, steps), batches_of_like_lengths():
        ner_tagger.main(run_arguments(work, name, **settings))
    keep_checkpoint(work, name)


def _ner_settings(work: Path, name: str, steps: int, hidden_dim: int) -> dict[str, object]:
    """Return Stanza's settings; only words of the pretrain get tuned vectors, which halves the file."""
    return {
        "train_file": work / f"{name}.train.json",
        "eval_file": work / f"{name}.dev.json",
        "wordvec_pretrain_file": work / "pretrain.pt",
        "hidden_dim": hidden_dim,
        "char_hidden_dim": 64,
        "char_emb_dim": 40,
        "emb_finetune_known_only": True,
        "optim": "adam",
        "lr_decay": 0,
        "min_lr": 0,
        "max_batch_words": 1200,
        "max_steps": steps,
        "max_steps_no_improve": steps,
        "eval_interval": max(1, steps // 10),
        "predict_tagset": 0,
    }
