"""Audit: SQL that returns bad rows. Blocking checks undo a load; every result is kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Literal, cast, get_args

import duckdb

from etl.errors import AuditBlocked
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_working, transaction
from etl.warehouse.migrate import migrate
from etl.warehouse.statements import list_sql, query_sql, read_sql, run_sql

EXAMPLE_COUNT = 5
"""How many bad rows a result shows."""

Severity = Literal["block", "warn"]
Stage = Literal["load", "audit", "relink"]


@dataclass(frozen=True, slots=True)
class Check:
    """One file under sql/audit; its first lines are `-- severity: block|warn` and `-- says: …`."""

    check_name: str
    severity: Severity
    says: str
    file_name: str


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What one check found.

    Attributes:
        says: what a bad row means.
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
        """Whether this result undoes a load."""
        return self.severity == "block" and self.bad_row_count > 0

    @property
    def message(self) -> str:
        """What was found, for a person."""
        return f"{self.check_name} ({self.says}), {self.bad_row_count} rows: {' | '.join(self.examples)}"


def audit_warehouse(working: WarehousePlace, *, run_key: str, now: datetime) -> list[AuditResult]:
    """Run every check over the whole warehouse and record the results; where one is blocking, do not publish.

    Raises:
        WarehouseLocked: another process held the working database.
    """
    with open_working(working) as con:
        migrate(con, now=now)
        results = run_checks(con, ("block", "warn"), partition_day=None, run_key=run_key)
        with transaction(con):
            record_results(con, "audit", results, {}, partition_day=None, run_key=run_key, now=now)
    return results


@contextmanager
def audited_transaction(
    con: duckdb.DuckDBPyConnection,
    stage: Stage,
    subject: str,
    remedy: str,
    *,
    partition_day: str | None,
    run_key: str,
    now: datetime,
) -> Iterator[dict[str, int]]:
    """Commit what the block wrote if every blocking check passes, else undo it; what they found is kept.

    Yields a dictionary for what the block counts, by name; it is kept, too.

    Args:
        subject: what is undone, for the error.
        remedy: what to do about it.
        partition_day: the partition to check, None for all.

    Raises:
        AuditBlocked: a blocking check found bad rows.
    """
    results: list[AuditResult] = []
    counts: dict[str, int] = {}
    try:
        with transaction(con):
            yield counts
            results = run_checks(con, ("block",), partition_day=partition_day, run_key=run_key)
            raise_if_blocked(results, subject, remedy)
            record_results(con, stage, results, counts, partition_day=partition_day, run_key=run_key, now=now)
    except AuditBlocked:
        with transaction(con):
            record_results(con, stage, results, counts, partition_day=partition_day, run_key=run_key, now=now)
        raise


def run_checks(
    con: duckdb.DuckDBPyConnection,
    severities: tuple[Severity, ...],
    *,
    partition_day: str | None,
    run_key: str,
) -> list[AuditResult]:
    """Run the checks of these severities, over what a load of the partition changed or (None) over all."""
    run_sql(con, "scope/load.sql" if partition_day else "scope/whole.sql")
    parameters = {"partition_day": partition_day, "run_key": run_key}
    return [_run_check(con, check, parameters) for check in list_checks() if check.severity in severities]


def record_results(
    con: duckdb.DuckDBPyConnection,
    stage: Stage,
    results: list[AuditResult],
    counts: Mapping[str, int],
    *,
    partition_day: str | None,
    run_key: str,
    now: datetime,
) -> None:
    """Keep results, outcome and counts in meta.audit_result and meta.pipeline_run; the caller commits."""
    scope = {"run_key": run_key, "now": now, "partition_day": partition_day}
    blocking = [result.check_name for result in results if result.is_blocking]
    warned = [result.check_name for result in results if result.bad_row_count and not result.is_blocking]
    for result in results:
        run_sql(con, "meta/record_audit.sql", scope | _as_parameters(result))
    outcome = {
        "stage": stage,
        "counted": list(counts),
        "counts": list(counts.values()),
        "outcome": "blocked" if blocking else "done",
        "detail": f"{len(results)} checks; blocked by: {', '.join(blocking) or 'none'}; "
        f"warned: {', '.join(warned) or 'none'}",
    }
    run_sql(con, "meta/record_run.sql", scope | outcome)


def raise_if_blocked(results: list[AuditResult], subject: str, remedy: str) -> None:
    """Raise AuditBlocked with what broke, where, and what to do; say nothing where all passed."""
    broken = [result.message for result in results if result.is_blocking]
    if broken:
        raise AuditBlocked(f"{subject}: {'; '.join(broken)}. {remedy} Results stay in meta.audit_result.")


@cache
def list_checks() -> tuple[Check, ...]:
    """Return the checks under sql/audit, by name."""
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


def _run_check(con: duckdb.DuckDBPyConnection, check: Check, parameters: dict[str, Any]) -> AuditResult:
    rows = query_sql(con, check.file_name, parameters)
    examples = tuple(
        ", ".join(f"{name}={value}" for name, value in row.items() if value is not None)
        for row in rows[:EXAMPLE_COUNT]
    )
    return AuditResult(check.check_name, check.severity, check.says, len(rows), examples)


def _as_parameters(result: AuditResult) -> dict[str, Any]:
    return {
        "check_name": result.check_name,
        "severity": result.severity,
        "says": result.says,
        "bad_row_count": result.bad_row_count,
        "examples": list(result.examples),
    }
