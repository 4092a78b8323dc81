"""Convert the corpora to the files that Stanza's trainers read, and split off the dev slices.

A dev slice is one sentence in ten, chosen by a hash of its words, so it stays the same when other data changes. IL-NER
has a dev file of its own.
"""

import random
from pathlib import Path

import torch
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer

from training.entities import Sentence, is_dev, read_hiner, read_ilner, split_off_dev
from training.harmonise import fill_labels
from training.lemmas import condense
from training.names import NameSource, compose_sentences, read_indian_names, rename_all
from training.segmentation import (
    ends_briefly,
    format_paragraphs,
    from_plain_words,
    from_words,
    group_plainly,
    is_whole_sentence,
    make_paragraphs,
)
from training.trainers import write_tag_sets
from training.treebanks import Word, format_conllu, read_treebanks

ILNER_SET, HINER_SET = 0, 1
TEMPLATE_COPIES = 20


def read_treebank_split(data: Path) -> tuple[list[list[Word]], list[list[Word]]]:
    """Read all treebanks and return (train, dev)."""
    sentences = read_treebanks(data / "treebank")
    train = [words for words in sentences if not is_dev(word.text for word in words)]
    dev = [words for words in sentences if is_dev(word.text for word in words)]
    return train, dev


def read_ilner_split(data: Path) -> tuple[list[Sentence], list[Sentence]]:
    """Read IL-NER's files and return (train, dev); sentences of dev are removed from train."""
    dev = read_ilner(data / "ner" / "ilner-hi-dev.txt")
    held_out = {sentence.words for sentence in dev}
    train = read_ilner(data / "ner" / "ilner-hi-train.txt")
    return [sentence for sentence in train if sentence.words not in held_out], dev


def read_hiner_split(data: Path) -> tuple[list[Sentence], list[Sentence]]:
    """Read HiNER and return (train, dev)."""
    return split_off_dev(read_hiner(data / "ner" / "hiner-original-part.conll"))


def write_treebanks(data: Path, work: Path) -> None:
    """Write the treebanks for the tagger, and the condensed word forms for the lemmatiser."""
    train, dev = read_treebank_split(data)
    (work / "treebank.train.conllu").write_text(format_conllu(train), "utf-8")
    (work / "treebank.dev.conllu").write_text(format_conllu(dev), "utf-8")
    (work / "lemma.train.conllu").write_text(format_conllu(list(condense(train))), "utf-8")


def write_segmentation(data: Path, work: Path, rng: random.Random) -> None:
    """Write paragraphs for the tokenizer: varied for training, plain and varied for dev.

    The training text has the treebanks twice, in different variations, and the complete sentences of the entity
    corpora, which add foreign names, quotes and numbers. Sentences that end in a short word are repeated once more.
    """
    train, dev = read_treebank_split(data)
    entity_sentences = read_ilner_split(data)[0] + read_hiner_split(data)[0]
    plain = [from_plain_words(s.words) for s in entity_sentences if is_whole_sentence(s.words)]
    treebank = [from_words(words) for words in train]
    brief = [sentence for sentence in treebank + plain if ends_briefly(sentence)]
    groups = (treebank, treebank, plain, brief)
    paragraphs = [p for group in groups for p in make_paragraphs(group, rng)]
    rng.shuffle(paragraphs)
    dev_sentences = [from_words(words) for words in dev]
    for name, group in (
        ("train", paragraphs),
        ("dev", list(group_plainly(dev_sentences))),
        ("news", list(make_paragraphs(dev_sentences, rng))),
    ):
        text, labels = format_paragraphs(group)
        (work / f"tokenize.{name}.txt").write_text(text, "utf-8")
        (work / f"tokenize.{name}.labels").write_text(labels, "utf-8")


def write_teacher(data: Path, work: Path) -> None:
    """Write both entity corpora, each with its own tag set."""
    train, dev = read_ilner_split(data)
    hiner, _ = read_hiner_split(data)
    own = [(sentence, ILNER_SET) for sentence in train] + [(sentence, HINER_SET) for sentence in hiner]
    write_tag_sets(work / "teacher.train.json", own, tag_sets=2)
    write_tag_sets(work / "teacher.dev.json", [(sentence, ILNER_SET) for sentence in dev], tag_sets=2)


def predict_tags(work: Path, sentences: list[Sentence]) -> list[tuple[str, ...]]:
    """Return the teacher's BIO tags of sentences, in IL-NER's tag set."""
    pretrain = Pretrain(str(work / "pretrain.pt"))
    teacher = Trainer(model_file=str(work / "teacher.pt"), pretrain=pretrain, device="cpu")
    rows = [
        [
            {"id": number, "text": word, "multi_ner": ["O", "O"]}
            for number, word in enumerate(s.words, start=1)
        ]
        for s in sentences
    ]
    batches = DataLoader(Document(rows), 64, teacher.args, vocab=teacher.vocab, evaluation=True)
    with torch.no_grad():
        predicted = [tags for batch in batches for tags in teacher.predict(batch)]
    return [tuple(tag.replace("S-", "B-").replace("E-", "I-") for tag in tags) for tags in predicted]


def write_ner(data: Path, work: Path, rng: random.Random) -> None:
    """Write the harmonised corpus: with generated sentences (`named`), and without them for fine-tuning (`ner`).

    The corpus is IL-NER and HiNER with its missing labels filled. With generated sentences IL-NER is repeated once,
    since its labels are those of the product.
    """
    train, dev = read_ilner_split(data)
    hiner, _ = read_hiner_split(data)
    filled = [fill_labels(s, tags) for s, tags in zip(hiner, predict_tags(work, hiner), strict=True)]
    names = NameSource(read_indian_names(data / "gazetteers" / "indian_names.tsv"))
    gold = train + filled
    made = [*rename_all(gold, names, rng), *compose_sentences(names, rng, TEMPLATE_COPIES)]
    for name, sentences in (("named", train + gold + made), ("ner", gold)):
        write_tag_sets(work / f"{name}.train.json", [(sentence, 0) for sentence in sentences], tag_sets=1)
        write_tag_sets(work / f"{name}.dev.json", [(sentence, 0) for sentence in dev], tag_sets=1)
