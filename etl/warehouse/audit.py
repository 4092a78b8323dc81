"""Audits: SQL that returns bad rows. Blocking checks roll a load back; every result is recorded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Literal, cast, get_args

import duckdb

from etl.domain.plan import RunContext
from etl.errors import AuditBlocked
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_working, transaction
from etl.warehouse.migrate import migrate
from etl.warehouse.statements import list_sql, query_sql, read_sql, run_sql

EXAMPLE_COUNT = 5
"""Number of bad rows that a result keeps as examples."""

Severity = Literal["block", "warn"]
Stage = Literal["load", "audit", "relink"]
Outcome = Literal["done", "blocked"]


@dataclass(frozen=True, slots=True)
class Check:
    """One file under sql/audit; its first lines are `-- severity: block|warn` and `-- says: …`."""

    check_name: str
    severity: Severity
    says: str
    file_name: str


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The result of one check.

    Attributes:
        says: meaning of a bad row.
        bad_row_count: 0 is a pass.
        examples: the first bad rows, as text.
    """

    check_name: str
    severity: Severity
    says: str
    bad_row_count: int
    examples: tuple[str, ...]

    @property
    def is_blocking(self) -> bool:
        """Whether this result rolls a load back."""
        return self.severity == "block" and self.bad_row_count > 0

    @property
    def message(self) -> str:
        """The result in one line for a person."""
        return f"{self.check_name} ({self.says}), {self.bad_row_count} rows: {' | '.join(self.examples)}"


def audit_warehouse(working: WarehousePlace, run: RunContext) -> list[AuditResult]:
    """Run every check over the whole warehouse and record the results.

    The caller must not publish while one of the results is blocking.

    Raises:
        WarehouseLocked: another process held the working database.
    """
    with open_working(working) as con:
        migrate(con, now=run.now)
        results = run_checks(con, ("block", "warn"), run)
        with transaction(con):
            record_results(con, "audit", results, {}, run)
    return results


@contextmanager
def audited_transaction(
    con: duckdb.DuckDBPyConnection, stage: Stage, run: RunContext, *, subject: str, remedy: str
) -> Iterator[dict[str, int]]:
    """Commit the block's changes if every blocking check passes, else roll them back; record the results either way.

    Yields:
        A dictionary for the counts of the block, by name; meta.pipeline_run stores them.

    Args:
        run: its `partition_day` is the partition to check; None checks all.
        subject: the change that is rolled back, for the error message.
        remedy: advice for the error message.

    Raises:
        AuditBlocked: a blocking check found bad rows.
    """
    results: list[AuditResult] = []
    counts: dict[str, int] = {}
    try:
        with transaction(con):
            yield counts
            results = run_checks(con, ("block",), run)
            raise_if_blocked(results, subject, remedy)
            record_results(con, stage, results, counts, run)
    except AuditBlocked:
        with transaction(con):
            record_results(con, stage, results, counts, run)
        raise


def run_checks(
    con: duckdb.DuckDBPyConnection, severities: tuple[Severity, ...], run: RunContext
) -> list[AuditResult]:
    """Run the checks of these severities, over the rows that a load changed or, without a partition, over all rows."""
    run_sql(con, "scope/load.sql" if run.partition_day else "scope/whole.sql")
    return [_run_check(con, check, run) for check in list_checks() if check.severity in severities]


def record_results(
    con: duckdb.DuckDBPyConnection,
    stage: Stage,
    results: list[AuditResult],
    counts: Mapping[str, int],
    run: RunContext,
) -> None:
    """Write results, outcome and counts to meta.audit_result and meta.pipeline_run; the caller commits."""
    blocking = [result.check_name for result in results if result.is_blocking]
    warned = [result.check_name for result in results if result.bad_row_count and not result.is_blocking]
    outcome: Outcome = "blocked" if blocking else "done"
    for result in results:
        run_sql(
            con, "meta/record_audit.sql", asdict(run) | asdict(result) | {"examples": list(result.examples)}
        )
    row = {
        "stage": stage,
        "counted": list(counts),
        "counts": list(counts.values()),
        "outcome": outcome,
        "detail": f"{len(results)} checks; blocked by: {', '.join(blocking) or 'none'}; "
        f"warned: {', '.join(warned) or 'none'}",
    }
    run_sql(con, "meta/record_run.sql", asdict(run) | row)


def raise_if_blocked(results: list[AuditResult], subject: str, remedy: str) -> None:
    """Raise AuditBlocked with the failed checks, the change that was rolled back, and what to do."""
    failed = [result.message for result in results if result.is_blocking]
    if failed:
        raise AuditBlocked(f"{subject}: {'; '.join(failed)}. {remedy} meta.audit_result keeps the results.")


@cache
def list_checks() -> tuple[Check, ...]:
    """Return the checks under sql/audit, sorted by name."""
    return tuple(_read_check(name) for name in list_sql("audit"))


def _read_check(name: str) -> Check:
    lines = read_sql(name).splitlines()
    header = {
        key: value.strip()
        for key, _, value in (line.removeprefix("-- ").partition(":") for line in lines[:2])
    }
    if header.get("severity") not in get_args(Severity) or not header.get("says"):
        raise ValueError(f"sql/{name} must begin with `-- severity: block|warn` and `-- says: …`")
    return Check(PurePosixPath(name).stem, cast(Severity, header["severity"]), header["says"], name)


def _run_check(con: duckdb.DuckDBPyConnection, check: Check, run: RunContext) -> AuditResult:
    rows = query_sql(con, check.file_name, asdict(run))
    examples = tuple(
        ", ".join(f"{name}={value}" for name, value in row.items() if value is not None)
        for row in rows[:EXAMPLE_COUNT]
    )
    return AuditResult(check.check_name, check.severity, check.says, len(rows), examples)
