"""Call Stanza's trainers with the settings of this recipe.

Each function trains one processor from files in the work folder and writes its checkpoint there. Settings that differ
from Stanza's defaults without a comment make the models smaller.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from stanza.models import lemmatizer, ner_tagger, tagger, tokenizer

from training.batches import batches_by_length
from training.characters import cached_states
from training.entities import Sentence
from training.schedule import falling_rate

SHORTHAND = "hi_mulaqat"
SEED = 1234


def run_arguments(work: Path, name: str, **settings: object) -> list[str]:
    """Return settings as command-line arguments of Stanza's trainers; True gives a flag without a value."""
    settings |= {"save_dir": work, "save_name": f"{name}.partial.pt", "shorthand": SHORTHAND, "seed": SEED}
    arguments: list[str] = []
    for key, value in settings.items():
        arguments.append(f"--{key}")
        if value is not True:
            arguments.append(str(value))
    return arguments


def keep_checkpoint(work: Path, name: str) -> None:
    """Rename the checkpoint to its final name, after training."""
    (work / f"{name}.partial.pt").replace(work / f"{name}.pt")


def write_tag_sets(path: Path, sentences: Iterable[tuple[Sentence, int]], tag_sets: int) -> None:
    """Write entity sentences in Stanza's format; each has labels in one tag set and none in the others.

    Args:
        path: JSON file to write.
        sentences: sentences, each with the index of the tag set of its labels.
        tag_sets: number of tag sets.
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
    """Train the tagger (parts of speech and features)."""
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
    with falling_rate(0.004, steps), cached_states():
        tagger.main(arguments)
    keep_checkpoint(work, "pos")


def train_lemma(work: Path, epochs: int = 14) -> None:
    """Train the lemmatiser: a dictionary for known words, a sequence model for others."""
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
    """Train an entity model on `<name>.train.json`; it predicts the first tag set.

    Adam with a falling rate needs a fraction of the steps of Stanza's default optimiser. The character models improve
    the tagger but not the entity model; a small character layer of its own is better and faster.
    """
    with falling_rate(0.0015, steps), batches_by_length():
        ner_tagger.main(run_arguments(work, name, **_ner_settings(work, name, steps, hidden_dim)))
    keep_checkpoint(work, name)


def settle_ner(work: Path, start: str, name: str, steps: int, hidden_dim: int) -> None:
    """Fine-tune the entity model `<start>.pt` on `<name>.train.json`, with a lower rate."""
    settings = _ner_settings(work, name, steps, hidden_dim)
    settings |= {"finetune": True, "finetune_load_name": work / f"{start}.pt"}
    with falling_rate(0.001, steps), batches_by_length():
        ner_tagger.main(run_arguments(work, name, **settings))
    keep_checkpoint(work, name)


def _ner_settings(work: Path, name: str, steps: int, hidden_dim: int) -> dict[str, object]:
    """Return Stanza's settings; only words of the pretrain get fine-tuned vectors, which halves the file."""
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
