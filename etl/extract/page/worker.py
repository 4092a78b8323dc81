"""The child process of `BudgetedReader`: answers each page on standard input with an article or a rejection.

Messages are pickles in both directions: first budget and sources, then one request per page. The kernel enforces the
budget, so a page cannot outlast it inside a library.
"""

import os
import pickle
import resource
import signal
import sys
from typing import BinaryIO

from etl.domain.raw import RawArticle
from etl.errors import RejectedArticle
from etl.extract.boundary import reject_errors
from etl.extract.page import extract_page
from etl.extract.page.budget import PageBudget, PageRejection, PageRequest
from etl.extract.sources import Source


def main() -> None:
    """Answer requests until the input ends."""
    # What a library prints must not get between the answers.
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        _serve(sys.stdin.buffer, answers)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    budget: PageBudget
    budget, sources = pickle.load(requests)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (budget.memory_bytes, budget.memory_bytes))
    while True:
        try:
            request = pickle.load(requests)
        except EOFError:
            return
        # At its end the timer kills the process: SIGPROF has no handler.
        signal.setitimer(signal.ITIMER_PROF, budget.cpu_seconds)
        answer = _read(request, sources)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pickle.dump(answer, answers)
        answers.flush()


def _read(request: PageRequest, sources: tuple[Source, ...]) -> RawArticle | PageRejection:
    try:
        with reject_errors(request.url or "a page without URL"):
            return extract_page(
                request.payload,
                url=request.url,
                content_type=request.content_type,
                sources=sources,
                source_name=request.source_name,
                latest=request.latest,
            )
    except RejectedArticle as rejected:
        return PageRejection(rejected.reason, rejected.detail)


if __name__ == "__main__":
    main()
