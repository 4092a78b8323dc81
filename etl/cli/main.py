"""The `mulaqat` command: the pipeline without Airflow, and a look at what it found."""

import dataclasses
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from etl.cli.meeting_table import make_meeting_table
from etl.config import Settings
from etl.domain.days import IST
from etl.errors import AuditBlocked, MulaqatError
from etl.pipeline.annotate import OnArticle, run_annotate
from etl.pipeline.check_sources import check_sources
from etl.pipeline.clean import read_page_file, run_clean
from etl.pipeline.collect import INBOX, run_collect, run_poll
from etl.pipeline.load import run_audit, run_load, run_publish
from etl.pipeline.maintain import (
    run_maintain_annotations,
    run_maintain_compact,
    run_maintain_links,
    run_maintain_raw,
    run_maintain_stage,
    summarise_completeness,
)
from etl.pipeline.resolve import run_resolve
from etl.pipeline.whole_run import count_articles, drop_stage
from etl.warehouse.dictionary import describe_schema
from etl.warehouse.export import ExportFormat, export_view, list_views
from etl.warehouse.read import list_meetings

_FILE_WIDTH = 110

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Who met whom, read from Hindi news.",
)
sources_app = typer.Typer(no_args_is_help=True, help="The publishers in seeds/sources.toml.")
app.add_typer(sources_app, name="sources")
WarehouseOption = Annotated[
    str | None,
    typer.Option("--warehouse", help="The published DuckDB file that readers open, or ducklake:postgres:…"),
]


@app.command()
def run(
    articles: Annotated[
        Path, typer.Option(help="A folder or file: .jsonl, .parquet, .txt, .html, .warc, .urls.")
    ],
    warehouse: WarehouseOption = None,
    data_root: Annotated[
        str | None,
        typer.Option(help="Where raw and stage files lie, folder or URL; default: beside --warehouse."),
    ] = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of articles without published_at.")
    ] = None,
    processes: Annotated[
        int, typer.Option(min=1, help="Shards annotated at a time, half a GB of memory each; default: cores.")
    ] = os.cpu_count() or 1,
) -> None:
    """Run every stage over the articles of a folder or file, whatever their days."""
    settings = _settings(warehouse, data_root)
    now = datetime.now(IST)
    run_key = f"cli-{now:%Y%m%dT%H%M%S%f}"
    partitions = run_collect(
        settings,
        day=None,
        inbox=[articles],
        default_day=day.date().isoformat() if day else None,
        sources=[INBOX],
        run_key=run_key,
    )
    _say(f"days to build: {len(partitions)}")
    shards = run_clean(settings, run_key=run_key, partitions=partitions)
    article_count = count_articles(settings, run_key=run_key, partitions=partitions)
    with _progress("annotate", article_count) as advance:
        run_annotate(settings, run_key=run_key, shards=shards, on_article=advance, processes=processes)
    with _progress("resolve", article_count) as advance:
        run_resolve(settings, run_key=run_key, partitions=partitions, on_article=advance)
    loaded = run_load(settings, run_key=run_key, partitions=partitions, now=now)
    findings = run_audit(settings, run_key=run_key, now=now)
    if blocked := [found.message for found in findings if found.is_blocking]:
        raise AuditBlocked("\n".join(["Nothing was published; load the days named here again.", *blocked]))
    published = run_publish(settings)
    drop_stage(settings, run_key=run_key)
    _say(
        f"loaded {loaded['article_count']} articles, {loaded['meeting_count']} meetings; "
        f"{loaded['rejected_count']} rejected; published {published}"
    )
    for found in findings:
        _say(f"warning: {found.check_name}: {found.bad_row_count} rows")


@app.command()
def extract(
    page: Annotated[Path, typer.Argument(help="A saved page, .html or .html.gz.")],
    url: Annotated[str | None, typer.Option(help="Where it was fetched: names its publisher.")] = None,
) -> None:
    """Print what is read from one article page, as JSON; what the page does not tell is null."""
    print(json.dumps(read_page_file(Settings.from_env(), page, url), ensure_ascii=False, indent=2))


@app.command()
def poll(
    source: Annotated[
        list[str] | None, typer.Option(help="Id of a publisher in sources.toml; default: all enabled.")
    ] = None,
    data_root: Annotated[str | None, typer.Option(help="Where the raw archive lies, folder or URL.")] = None,
) -> None:
    """Ask publishers what is new and keep it raw, once; the DAG hindi_news_collect does it every half hour."""
    now = datetime.now(IST)
    settings = Settings.from_env(data_root=data_root)
    reports = run_poll(settings, now=now, run_key=f"cli-{now:%Y%m%dT%H%M%S%f}", sources=source)
    for report in reports:
        _say(json.dumps(report, ensure_ascii=False))
    _say(f"asked {len(reports)} publishers")


@sources_app.command("check")
def check(
    source: Annotated[list[str] | None, typer.Option(help="Id of a publisher; default: all.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only validate the file.")] = False,
) -> None:
    """Validate sources.toml and, on a connected machine, try what each publisher names; keeps nothing."""
    checks = check_sources(Settings.from_env(), names=source, offline=offline)
    table = Table(title=f"{len(checks)} publishers", show_lines=True)
    for column in ("source", "verified", "enabled", "document", "found", "problem"):
        table.add_column(column, overflow="fold")
    for check in checks:
        first = (check.source_id, _yes(check.verified), _yes(check.enabled))
        for number, document in enumerate(check.documents or (None,)):
            cells = (
                (document.url, str(document.found_count), document.problem or "")
                if document
                else ("", "", "")
            )
            table.add_row(*(first if number == 0 else ("", "", "")), *cells)
    Console(width=None if sys.stdout.isatty() else _FILE_WIDTH).print(table)
    if any(document.problem for check in checks for document in check.documents):
        raise typer.Exit(1)


@app.command()
def meetings(
    warehouse: WarehouseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list for machines.")] = False,
) -> None:
    """Print the meetings of the published warehouse."""
    rows = list_meetings(Settings.from_env(warehouse=warehouse).warehouse)
    if as_json:
        plain = [dataclasses.asdict(row) for row in rows]
        print(json.dumps(plain, ensure_ascii=False, indent=2, default=date.isoformat))
    else:
        Console(width=None if sys.stdout.isatty() else _FILE_WIDTH).print(make_meeting_table(rows))


@app.command()
def export(
    view: Annotated[str, typer.Argument(help="A view of schema out, such as meeting; `all` for every one.")],
    to: Annotated[Path, typer.Option(help="Folder that gets a folder of the view's name.")],
    export_format: Annotated[ExportFormat, typer.Option("--format", help="What is written.")] = (
        ExportFormat.PARQUET
    ),
    warehouse: WarehouseOption = None,
) -> None:
    """Write a view to files, one folder a month, for pandas, Polars and spreadsheets."""
    place = Settings.from_env(warehouse=warehouse).warehouse
    views = list_views(place) if view == "all" else [view]
    for name in views:
        files = export_view(place, name, export_format, to)
        _say(f"{name}: {len(files)} files in {to / name}")


@app.command()
def maintain(
    keep_stage_days: Annotated[int, typer.Option(min=1, help="Stage files of older runs go.")] = 14,
    keep_raw_days: Annotated[
        int | None,
        typer.Option(min=30, help="Older days lose their raw files and are closed; default: none."),
    ] = None,
    relink: Annotated[bool, typer.Option("--relink", help="Link anew even where no rule changed.")] = False,
    warehouse: WarehouseOption = None,
    data_root: Annotated[str | None, typer.Option(help="Folder or URL; default: beside --warehouse.")] = None,
) -> None:
    """Do what the DAG hindi_news_maintenance does each week, and print how complete each source is."""
    now = datetime.now(IST)
    settings = _settings(warehouse, data_root)
    removed = run_maintain_stage(settings, now=now, keep_days=keep_stage_days)
    versions = run_maintain_annotations(settings)
    closed = run_maintain_raw(settings, now=now, keep_days=keep_raw_days)
    _say(f"removed: stage files of {len(removed)} runs, annotations of {len(versions)} other models")
    _say(f"closed: {', '.join(closed) or 'no day'}")
    run_key = f"cli-{now:%Y%m%dT%H%M%S%f}"
    linked = run_maintain_links(settings, run_key=run_key, now=now, force=relink)
    if linked:
        run_publish(settings)
    _say(f"links: {linked or 'as they were'}")
    _say(f"working database, bytes: {run_maintain_compact(settings)}")
    for row in summarise_completeness(settings, now=now, days=30):
        _say(json.dumps(dataclasses.asdict(row), ensure_ascii=False))


@app.command()
def explore(
    warehouse: WarehouseOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8090,
) -> None:
    """Look at the published warehouse in a browser, on this machine only; the printed address works once."""
    from etl.explorer.serve import HOST, Door, listen, serve

    place, door = Settings.from_env(warehouse=warehouse).warehouse, Door()
    with listen(port) as taken:
        print(f"http://{HOST}:{taken.getsockname()[1]}/enter/{door.token}", flush=True)
        _say("open this address, once; Ctrl+C ends")
        serve(place, door, taken)


@app.command()
def dictionary() -> None:
    """Print what every table, view and column means, as Markdown."""
    print(describe_schema(), end="")


def main() -> None:
    """Run the command; errors made on purpose are told in a line, without a traceback."""
    try:
        app()
    except MulaqatError as error:
        _say(f"error: {error}")
        sys.exit(1)


def _settings(warehouse: str | None, data_root: str | None) -> Settings:
    """Read the environment; the data root of a warehouse file lies beside it, unless it is named too."""
    settings = Settings.from_env(data_root=data_root, warehouse=warehouse)
    if not warehouse or data_root or not isinstance(settings.warehouse, Path):
        return settings
    beside = settings.warehouse.with_name(f"{settings.warehouse.name}.data")
    return Settings.from_env(data_root=beside, warehouse=warehouse)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@contextmanager
def _progress(stage: str, total: int) -> Iterator[OnArticle]:
    columns = (TextColumn(f"{stage:9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(stage, total=total)
        yield lambda: bar.advance(task)
