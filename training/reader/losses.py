"""How far what the network tells of a chunk is from its targets."""

import torch
from torch import Tensor
from torch.nn import functional

from training.reader.align import IGNORE, Head, Targets
from training.reader.model.chunks import Chunk
from training.reader.model.network import Network

DOUBTFUL = 0.2
"""What a cue word counts that nobody judged."""
WEIGHTS = {
    "kinds": 1.0,
    "parts": 1.2,
    "status": 0.7,
    "mode": 0.5,
    "format": 0.3,
    "separate": 0.4,
    "time": 0.5,
    "place": 0.3,
}


def chunk_losses(network: Network, states: Tensor, chunk: Chunk, targets: Targets) -> dict[str, Tensor]:
    """Return the summed losses of one chunk by name."""
    words = network.words(states, chunk)
    losses = {"kinds": _kinds(network, words, chunk, targets)}
    index = {place: n for n, place in enumerate(chunk.words) if chunk.is_read[n]}
    heads = [head for head in targets.heads if head.at in index]
    if not heads:
        return losses
    told, actors = network.tell(states, words, chunk, [index[head.at] for head in heads])
    losses["status"] = _cross(told.statuses, [head.status for head in heads])
    losses["mode"] = _cross(told.modes, [head.mode for head in heads])
    losses["format"] = _cross(told.formats, [head.format for head in heads])
    separate = torch.tensor([float(head.separate) for head in heads])
    losses["separate"] = functional.binary_cross_entropy_with_logits(told.separate, separate, reduction="sum")
    if actors:
        losses["parts"] = _parts(told.parts, [[head.parts[actor] for actor in actors] for head in heads])
    columns = {-1: 0, IGNORE: IGNORE} | {n: column + 1 for column, (n, *_) in enumerate(chunk.times)}
    losses["time"] = _cross(told.times, [columns.get(head.time, IGNORE) for head in heads])
    every = {place: n + 1 for n, place in enumerate(chunk.words)}
    losses["place"] = sum(
        (
            _cross(logits, [_place(head, end, every) for head in heads])
            for end, logits in enumerate((told.starts, told.ends))
        ),
        torch.zeros(()),
    )
    return losses


def _place(head: Head, end: int, every: dict[tuple[int, int], int]) -> int:
    if not head.knows_place:
        return IGNORE
    return every.get(head.place[end], IGNORE) if head.place else 0


def _cross(logits: Tensor, wanted: list[int]) -> Tensor:
    return functional.cross_entropy(logits, torch.tensor(wanted), ignore_index=IGNORE, reduction="sum")


def _kinds(network: Network, words: Tensor, chunk: Chunk, targets: Targets) -> Tensor:
    counted = [
        n for n, place in enumerate(chunk.words) if chunk.is_read[n] and place[0] not in targets.unknown
    ]
    if not counted:
        return words.sum() * 0
    wanted = torch.tensor([targets.kinds.get(chunk.words[n], 0) for n in counted])
    weights = torch.tensor([DOUBTFUL if chunk.words[n] in targets.doubtful else 1.0 for n in counted])
    losses = functional.cross_entropy(network.tell_kinds(words[counted]), wanted, reduction="none")
    return (losses * weights).sum()


def _parts(logits: Tensor, wanted: list[list[int]]) -> Tensor:
    """Cross entropy over the parts; where no side is known, over taking part at all."""
    chances = logits.log_softmax(-1)
    target = torch.tensor(wanted)
    known = functional.nll_loss(
        chances.flatten(0, 1),
        target.masked_fill(target < 0, IGNORE).flatten(),
        ignore_index=IGNORE,
        reduction="sum",
    )
    return known - chances[..., 1:].logsumexp(-1)[target == -1].sum()
