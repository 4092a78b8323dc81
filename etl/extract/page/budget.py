"""Read pages in a child process with a budget of processor time and memory.

The limits of `PageLimits` keep the cost of a page in proportion to its size. This is the net below them: whatever a
page does to the libraries that read it, only the child process ends.
"""

import pickle
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import etl
from etl.domain.raw import RawArticle
from etl.errors import RejectedArticle, RejectReason
from etl.extract.sources import Source

_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class PageBudget:
    """What one page may cost. An ordinary page takes 0.1 seconds and 50 MiB.

    Attributes:
        cpu_seconds: processor time.
        wait_seconds: time on the clock; only a process that does not compute exceeds it alone.
        memory_bytes: address space of the child process, programs included.
    """

    cpu_seconds: float = 20.0
    wait_seconds: float = 300.0
    memory_bytes: int = 2 << 30


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to read; the fields are the arguments of `extract_page`."""

    payload: bytes
    url: str | None
    content_type: str | None
    source_name: str | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class PageRejection:
    """The answer of the child process for a page that is rejected."""

    reason: RejectReason
    detail: str


class PageReader(Protocol):
    """A function that reads a page: `extract_page`, or a `BudgetedReader`."""

    def __call__(
        self,
        payload: bytes,
        *,
        url: str | None = None,
        content_type: str | None = None,
        sources: Sequence[Source] = (),
        source_name: str | None = None,
        latest: date | None = None,
    ) -> RawArticle:
        """Return the article of a page, or raise RejectedArticle."""


class BudgetedReader:
    """`extract_page` in a child process, which starts with the first page and ends with the context.

    The sources are fixed when it is built; those of a call are ignored.
    """

    def __init__(self, sources: Sequence[Source], budget: PageBudget | None = None) -> None:
        self._sources = tuple(sources)
        self._budget = budget or PageBudget()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def __call__(
        self,
        payload: bytes,
        *,
        url: str | None = None,
        content_type: str | None = None,
        sources: Sequence[Source] = (),
        source_name: str | None = None,
        latest: date | None = None,
    ) -> RawArticle:
        """Return the article of a page; see `extract_page`.

        Raises:
            RejectedArticle: the reasons of `extract_page`; `too_costly` if the page exceeds the budget; `unreadable`
                for an unexpected error.
        """
        answer = self._ask(PageRequest(payload, url, content_type, source_name, latest))
        if isinstance(answer, PageRejection):
            raise RejectedArticle(answer.reason, answer.detail)
        return answer

    def _ask(self, request: PageRequest) -> RawArticle | PageRejection:
        """Send a page and wait for the answer. If the process ends for another reason than its budget, try again."""
        for _ in range(_ATTEMPTS):
            process = self._process or self._start()
            answer = self._exchange(process, request)
            if answer is not None:
                return answer
            self._stop()
            if process.returncode == -signal.SIGPROF:
                break
        return PageRejection("too_costly", self._describe_end(process.returncode))

    def _exchange(
        self, process: subprocess.Popen[bytes], request: PageRequest
    ) -> RawArticle | PageRejection | None:
        """Return the answer to a page; None if the process ended or does not answer."""
        assert process.stdin and process.stdout
        try:
            pickle.dump(request, process.stdin)
            process.stdin.flush()
            if not select.select([process.stdout], [], [], self._budget.wait_seconds)[0]:
                return None
            answer: RawArticle | PageRejection = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        # The working folder makes `etl` importable; a session of its own keeps Ctrl-C from the child.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "etl.extract.page.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(etl.__path__[0]).parent,
            start_new_session=True,
        )
        assert self._process.stdin
        pickle.dump((self._budget, self._sources), self._process.stdin)
        return self._process

    def _stop(self) -> None:
        """End the process. One that has ended already keeps its return code."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.wait(0 if process.poll() is not None else 0.05)
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()

    def _describe_end(self, return_code: int | None) -> str:
        if return_code == -signal.SIGPROF:
            return f"more than {self._budget.cpu_seconds:g} seconds of processor time"
        return f"the process that read the page ended with code {return_code}"
