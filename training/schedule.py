"""A learning rate that falls to zero, for trainers that have no such schedule.

Stanza's tagger means to change to a slower optimiser late in training, but in 1.15 goes on with the
first one. A rate that falls evenly to zero over a known number of steps makes up for that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from torch.optim import Optimizer
from torch.optim.optimizer import register_optimizer_step_pre_hook


@contextmanager
def falling_rate(highest: float, steps: int, warmup: int = 100) -> Iterator[None]:
    """Let every optimiser in this process step at a rate that rises briefly, then falls to zero.

    Args:
        highest: The rate after warming up.
        steps: Steps of the whole training; later steps stay at a hundredth of the highest rate.
        warmup: Steps to rise over.
    """
    taken = 0

    def set_rate(optimizer: Optimizer, _args: Any, _kwargs: Any) -> None:
        nonlocal taken
        taken += 1
        share = min(taken / warmup, max(1 - taken / steps, 0.01))
        for group in optimizer.param_groups:
            group["lr"] = highest * share

    handle = register_optimizer_step_pre_hook(set_rate)
    try:
        yield
    finally:
        handle.remove()
