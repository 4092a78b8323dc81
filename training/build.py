"""Train all Hindi models from the public corpora and write the bundle.

    python -m training.build --data DATA --out models

Every step writes one file to the work folder and is skipped if that file exists, so an interrupted build continues
where it stopped. Delete the file to run its step again, or the folder to run all steps.
"""

import argparse
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch

from training import bundle, corpora, trainers
from training.characters import cut_sentences, train_character_model
from training.text import read_held_out, read_sentences
from training.vectors import save_pretrain, train_vectors

logger = logging.getLogger("training")

DEFAULT_WORK = Path(__file__).resolve().parent.parent / ".training"
TEACHER_STEPS, TEACHER_HIDDEN_DIM = 2000, 192
NER_STEPS, NER_HIDDEN_DIM = 5000, 256
SETTLING_STEPS = 800


@dataclass(frozen=True)
class Paths:
    """Folders and files of a build.

    Attributes:
        data: folder of the corpora, with the layout that their SOURCES.md describes.
        gold: JSON list of annotated articles that must not be in the training text.
        work: folder of intermediate files.
    """

    data: Path
    gold: Path
    work: Path


def make_vectors(paths: Paths) -> None:
    """Train the word vectors on all running text except the held-out articles."""
    sentences = read_sentences(paths.data / "text", read_held_out(paths.gold))
    staged = paths.work / "pretrain.staged"
    save_pretrain(train_vectors(sentences, workers=1), staged)
    staged.replace(paths.work / "pretrain.pt")


def make_character_model(paths: Paths, direction: str) -> None:
    """Train the character model of one direction on the same text."""
    sentences = cut_sentences(read_sentences(paths.data / "text", read_held_out(paths.gold)))
    staged = paths.work / f"{direction}_charlm.staged"
    train_character_model(sentences, direction == "forward", staged)
    staged.replace(paths.work / f"{direction}_charlm.pt")


def make_tokenizer(paths: Paths) -> None:
    """Train the tokenizer and sentence splitter."""
    corpora.write_segmentation(paths.data, paths.work, random.Random(trainers.SEED))
    trainers.train_tokenizer(paths.work)


def make_pos(paths: Paths) -> None:
    """Train the tagger."""
    corpora.write_treebanks(paths.data, paths.work)
    trainers.train_pos(paths.work)


def make_lemma(paths: Paths) -> None:
    """Train the lemmatiser."""
    corpora.write_treebanks(paths.data, paths.work)
    trainers.train_lemma(paths.work)


def make_teacher(paths: Paths) -> None:
    """Train the first entity model, with one tag set for each corpus."""
    corpora.write_teacher(paths.data, paths.work)
    trainers.train_ner(paths.work, "teacher", TEACHER_STEPS, TEACHER_HIDDEN_DIM)


def make_named(paths: Paths) -> None:
    """Train the entity model on the harmonised corpora and on generated sentences with other names."""
    corpora.write_ner(paths.data, paths.work, random.Random(trainers.SEED))
    trainers.train_ner(paths.work, "named", NER_STEPS, NER_HIDDEN_DIM)


def make_ner(paths: Paths) -> None:
    """Fine-tune the entity model on the corpora alone. The result is in the bundle."""
    trainers.settle_ner(paths.work, "named", "ner", SETTLING_STEPS, NER_HIDDEN_DIM)


STEPS: dict[str, Callable[[Paths], None]] = {
    "pretrain": make_vectors,
    "forward_charlm": partial(make_character_model, direction="forward"),
    "backward_charlm": partial(make_character_model, direction="backward"),
    "tokenize": make_tokenizer,
    "pos": make_pos,
    "lemma": make_lemma,
    "teacher": make_teacher,
    "named": make_named,
    "ner": make_ner,
}


def run_steps(paths: Paths) -> None:
    """Run every step whose result does not exist yet."""
    for name, step in STEPS.items():
        if (paths.work / f"{name}.pt").exists():
            logger.info("%s: exists, skipped", name)
            continue
        logger.info("%s: started", name)
        started = time.monotonic()
        step(paths)
        logger.info("%s: done in %.1f minutes", name, (time.monotonic() - started) / 60)


def parse_arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="training.build", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--gold", type=Path, help="articles to exclude (default: DATA/../gold/dev.json)")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder of the bundle")
    parser.add_argument("--work", type=Path, default=DEFAULT_WORK, help="folder of intermediate files")
    parser.add_argument("--threads", type=int, default=1, help="threads to train on")
    return parser.parse_args()


def main() -> None:
    """Run the missing steps, then write the bundle."""
    arguments = parse_arguments()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(arguments.threads)
    gold = arguments.gold or arguments.data.parent / "gold" / "dev.json"
    paths = Paths(arguments.data, gold, arguments.work)
    paths.work.mkdir(parents=True, exist_ok=True)
    run_steps(paths)
    size = bundle.publish_bundle(paths.work, arguments.out)
    logger.info("bundle: %.1f MB in %s", size / 1e6, arguments.out)


if __name__ == "__main__":
    main()
