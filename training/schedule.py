"""A learning rate that falls to zero, for trainers without such a schedule.

Stanza's tagger is meant to switch to a second optimiser late in training, but version 1.15 continues with the first.
A rate that falls linearly over a known number of steps replaces that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from torch.optim import Optimizer
from torch.optim.optimizer import register_optimizer_step_pre_hook


@contextmanager
def falling_rate(highest: float, steps: int, warmup: int = 100) -> Iterator[None]:
    """Set the learning rate of all optimisers in this process: it rises linearly, then falls linearly.

    Args:
        highest: rate after the warm-up.
        steps: number of steps of the training; the rate never falls below a hundredth of the highest.
        warmup: number of steps of the warm-up.
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
