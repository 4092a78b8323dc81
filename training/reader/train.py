"""Train the reader.

    python -m training.reader.train --pages pages.pickle --encoder encoder.npz --out run --parts train

Goes on where it stopped: after every epoch the run's folder holds all that is needed.
"""

import argparse
import json
import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.optim import AdamW

from training.reader.align import Cues, Targets, align
from training.reader.folds import select
from training.reader.gold import GoldArticle, read_articles
from training.reader.lessons import Namer, append, make_lesson, read_lessons
from training.reader.losses import WEIGHTS, chunk_losses
from training.reader.model.chunks import Chunk, cut_page
from training.reader.model.network import Network, load_encoder
from training.reader.model.pieces import Cutter
from training.reader.renaming import Names

logger = logging.getLogger("training.reader")
SEED = 20261130
BATCH_PIECES = 900
SPLICED_LESSONS = 0.5
EASY_CHUNKS = 0.2
"""The share of chunks without meetings and near misses that an epoch reads."""
RATE, HEAD_RATE, LAYER_DECAY = 1e-4, 5e-4, 0.9
WARMUP = 0.05


def make_network(encoder: Path, layers: int | None) -> tuple[Network, Cutter]:
    """Return a network with the pretrained encoder, and what cuts its words."""
    arrays = np.load(encoder)
    shape = {
        "pieces": len(arrays["pieces"]),
        "width": int(arrays["hidden"]),
        "inner": int(arrays["ffn"]),
        "layers": layers or int(arrays["layers"]),
        "positions": int(arrays["positions"]),
    }
    network = Network(shape)
    load_encoder(network, arrays)
    return network, Cutter(arrays["pieces"].tolist(), arrays["scores"].tolist())


def parameter_groups(network: Network, frozen: int) -> list[dict[str, object]]:
    """Return the parameters with their rates: lower layers learn more slowly, the lowest not at all."""
    encoder = network.encoder
    encoder.word.weight.requires_grad_(False)
    encoder.position.weight.requires_grad_(False)
    encoder.kind.weight.requires_grad_(False)
    groups: list[dict[str, object]] = []
    count = len(encoder.layers)
    for number, layer in enumerate(encoder.layers):
        if number < frozen:
            layer.requires_grad_(False)
        else:
            groups.append(
                {"params": list(layer.parameters()), "rate": RATE * LAYER_DECAY ** (count - 1 - number)}
            )
    if frozen:
        encoder.norm.requires_grad_(False)
    marks = [encoder.mark.weight, encoder.zone.weight]
    groups.append({"params": marks, "rate": HEAD_RATE})
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups.append({"params": heads, "rate": HEAD_RATE})
    return groups


def lesson_chunks(
    articles: Sequence[tuple[GoldArticle, Targets]], cutter: Cutter, namer: Namer, chance: random.Random
) -> Iterator[tuple[Chunk, Targets]]:
    """Yield the lessons, each with new names, half of them after the beginning of an article."""
    for lesson in read_lessons():
        page, targets = make_lesson(lesson, namer, chance)
        if chance.random() < SPLICED_LESSONS:
            article, known = chance.choice(articles)
            page, targets = append(article.page, known, page, targets, chance)
        taught = {at for at in targets.kinds if at[0] == len(page.sentences) - 1}
        for chunk in cut_page(page, cutter):
            read = {place for place, is_read in zip(chunk.words, chunk.is_read, strict=True) if is_read}
            if read & taught or len(page.sentences) < 3:
                yield chunk, targets


def epoch_batches(
    articles: Sequence[tuple[GoldArticle, Targets]],
    cutter: Cutter,
    names: Names,
    namer: Namer | None,
    chance: random.Random,
) -> Iterator[list[tuple[Chunk, Targets]]]:
    """Yield the batches of an epoch: chunks of like lengths, in random order."""
    chunks = list(lesson_chunks(articles, cutter, namer, chance)) if namer else []
    for article, targets in articles:
        rename = names.rename(article.page, chance)
        size = chance.choice((224, 288, 352))
        for chunk in cut_page(article.page, cutter, rename, size):
            read = {place for place, is_read in zip(chunk.words, chunk.is_read, strict=True) if is_read}
            if read & targets.kinds.keys() or chance.random() < EASY_CHUNKS:
                chunks.append((chunk, targets))
    chunks.sort(key=lambda pair: len(pair[0].pieces) + chance.random() * 16)
    batches: list[list[tuple[Chunk, Targets]]] = [[]]
    for pair in chunks:
        if batches[-1] and len(pair[0].pieces) * (len(batches[-1]) + 1) > BATCH_PIECES:
            batches.append([])
        batches[-1].append(pair)
    chance.shuffle(batches)
    yield from batches


def train(
    articles: Sequence[GoldArticle],
    encoder: Path,
    out: Path,
    epochs: int,
    frozen: int,
    layers: int | None,
    use_bf16: bool,
    use_lessons: bool,
    start: Path | None = None,
) -> tuple[Network, Cutter]:
    """Train on articles; return the network.

    Args:
        articles: what to learn from.
        encoder: the pretrained encoder.
        out: folder of the run.
        epochs: how often to read the articles.
        frozen: how many of the lowest layers stay as they are.
        layers: how many layers to keep; None keeps all.
        use_bf16: whether to calculate in bfloat16.
        use_lessons: whether the lessons are taught, too.
        start: weights of another run to begin with; of layers that are not kept nothing is taken.
    """
    torch.manual_seed(SEED)
    network, cutter = make_network(encoder, layers)
    if start:
        network.load_state_dict(torch.load(start, weights_only=False)["network"], strict=False)
    cues, names = Cues(articles), Names(article.page for article in articles)
    aligned = [(article, align(article, cues)) for article in articles]
    namer = Namer([article.page for article in articles]) if use_lessons else None
    groups = parameter_groups(network, frozen)
    optimizer = AdamW(
        [{"params": g["params"], "lr": g["rate"]} for g in groups], weight_decay=0.01, fused=True
    )
    rates = [float(str(group["rate"])) for group in groups]
    out.mkdir(parents=True, exist_ok=True)
    checkpoint, epoch, step = out / "checkpoint.pt", 0, 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(kept["network"])
        optimizer.load_state_dict(kept["optimizer"])
        epoch, step = kept["epoch"], kept["step"]
    per_epoch = len(list(epoch_batches(aligned, cutter, names, namer, random.Random(SEED))))
    total = per_epoch * epochs
    while epoch < epochs:
        chance = random.Random(SEED + epoch)
        torch.manual_seed(SEED + epoch)
        network.train()
        sums: defaultdict[str, float] = defaultdict(float)
        started = time.monotonic()
        for batch in epoch_batches(aligned, cutter, names, namer, chance):
            share = min((step + 1) / (WARMUP * total), max(0.02, (total - step) / (total * (1 - WARMUP))))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, share)
            with torch.autocast("cpu", torch.bfloat16, enabled=use_bf16):
                states = network.encode([chunk for chunk, _ in batch])
            states = states.float()
            losses: dict[str, Tensor] = {}
            for row, (chunk, targets) in zip(states, batch, strict=True):
                for name, loss in chunk_losses(network, row, chunk, targets).items():
                    losses[name] = losses[name] + loss if name in losses else loss
            whole = torch.stack([WEIGHTS[name] * loss for name, loss in losses.items()]).sum() / len(batch)
            optimizer.zero_grad(set_to_none=True)
            whole.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            step += 1
            for name, loss in losses.items():
                sums[name] += float(loss.detach())
            sums["chunks"] += len(batch)
            if step % 40 == 0:
                told = " ".join(f"{n} {s / sums['chunks']:.3f}" for n, s in sums.items() if n != "chunks")
                logger.info(
                    "epoch %d step %d/%d %.0fs %s", epoch, step, total, time.monotonic() - started, told
                )
        epoch += 1
        logger.info("epoch %d done in %.1f minutes", epoch, (time.monotonic() - started) / 60)
        state = {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "epoch": epoch,
            "step": step,
        }
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
    torch.save({"network": network.state_dict(), "shape": network.shape}, out / "network.pt")
    return network, cutter


def main() -> None:
    """Train one network."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--selection", default="train", help="see training.reader.folds")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--frozen", type=int, default=2, help="lowest layers that are not trained")
    parser.add_argument("--layers", type=int)
    parser.add_argument("--start", type=Path, help="weights of another run to begin with")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument(
        "--lessons", action="store_true", help="teach the short texts of lists/lessons.tsv, too"
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(arguments.threads)
    learnt, _ = select(read_articles(arguments.pages), arguments.selection)
    arguments.out.mkdir(parents=True, exist_ok=True)
    told = {name: str(value) for name, value in vars(arguments).items()}
    (arguments.out / "arguments.json").write_text(json.dumps(told), "utf-8")
    train(
        learnt,
        arguments.encoder,
        arguments.out,
        arguments.epochs,
        arguments.frozen,
        arguments.layers,
        arguments.bf16,
        arguments.lessons,
        arguments.start,
    )


if __name__ == "__main__":
    main()
