"""The `mulaqat` command: run the pipeline without Airflow, and look at the results."""

import dataclasses
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from etl.cli.logs import configure_logging
from etl.cli.tables import FILE_WIDTH, make_meeting_table, make_source_table
from etl.config import Settings
from etl.domain.days import IST
from etl.domain.plan import RunContext
from etl.errors import MulaqatError
from etl.pipeline import maintain as maintenance
from etl.pipeline.annotate import OnArticle
from etl.pipeline.check_sources import check_sources
from etl.pipeline.collect import run_poll
from etl.pipeline.load import check_places, run_publish
from etl.pipeline.read_page import read_page_file
from etl.pipeline.whole_run import run_whole
from etl.storage.paths import check_writable
from etl.warehouse.dictionary import describe_schema
from etl.warehouse.export import ExportFormat, export_views, list_views
from etl.warehouse.read import list_meetings

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
    typer.Option("--warehouse", help="The published DuckDB file, or ducklake:postgres:…"),
]
DataRootOption = Annotated[
    str | None,
    typer.Option("--data-root", help="Folder or URL of raw and stage files; default: beside --warehouse."),
]


@app.callback()
def configure(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log each step, with its day, shard and article.")
    ] = False,
) -> None:
    """Options of every command; they come before its name, as in `mulaqat -v run`."""
    configure_logging(verbose=verbose)


@app.command()
def run(
    articles: Annotated[
        Path, typer.Option(help="A folder or file: .jsonl, .parquet, .txt, .html, .warc, .urls.")
    ],
    warehouse: WarehouseOption = None,
    data_root: DataRootOption = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of articles without published_at.")
    ] = None,
    processes: Annotated[
        int, typer.Option(min=1, help="Shards annotated at a time, 0.5 GB of memory each; default: cores.")
    ] = os.cpu_count() or 1,
) -> None:
    """Run every stage over the articles of a folder or file, whatever their days."""
    result = run_whole(
        _settings(warehouse, data_root),
        articles,
        run=_start_run(),
        default_day=day.date().isoformat() if day else None,
        processes=processes,
        show_progress=_progress,
    )
    _say(
        f"{len(result.partitions)} days built: {result.article_count} articles, {result.report_count} meetings, "
        f"{result.rejected_count} rejected; published {result.published}"
    )
    for warning in result.warnings:
        _say(f"warning: {warning.check_name}: {warning.bad_row_count} rows")


@app.command()
def extract(
    page: Annotated[Path, typer.Argument(help="A saved page, .html or .html.gz.")],
    url: Annotated[str | None, typer.Option(help="Where it was fetched: selects its publisher.")] = None,
) -> None:
    """Print the fields read from one article page, as JSON; null for what the page does not give."""
    _print_json(dataclasses.asdict(read_page_file(Settings.from_env(), page, url)))


@app.command()
def poll(
    source: Annotated[
        list[str] | None, typer.Option(help="Id of a publisher in sources.toml; default: all enabled.")
    ] = None,
    data_root: Annotated[str | None, typer.Option(help="Folder or URL of the raw archive.")] = None,
) -> None:
    """Fetch what is new at the publishers into the raw archive, once; hindi_news_collect does it every half hour."""
    settings = Settings.from_env(data_root=data_root)
    check_writable(settings.data_root)
    results = run_poll(settings, run=_start_run(), sources=source)
    for result in results:
        _say(json.dumps(dataclasses.asdict(result), ensure_ascii=False))
    _say(f"{len(results)} publishers polled")


@sources_app.command("check")
def check(
    source: Annotated[list[str] | None, typer.Option(help="Id of a publisher; default: all.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only validate the file.")] = False,
) -> None:
    """Validate sources.toml and try each publisher's feeds, sitemaps and listings; stores nothing."""
    checks = check_sources(Settings.from_env(), names=source, offline=offline)
    _print_table(make_source_table(checks))
    if any(document.problem for check in checks for document in check.documents):
        raise typer.Exit(1)


@app.command()
def meetings(
    warehouse: WarehouseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
) -> None:
    """Print the meetings of the published warehouse."""
    rows = list_meetings(Settings.from_env(warehouse=warehouse).warehouse)
    if as_json:
        _print_json([dataclasses.asdict(row) for row in rows])
    else:
        _print_table(make_meeting_table(rows))


@app.command()
def export(
    view: Annotated[str, typer.Argument(help="A view of schema out, such as meeting; `all` for every view.")],
    to: Annotated[Path, typer.Option(help="Folder that gets one folder per view.")],
    export_format: Annotated[ExportFormat, typer.Option("--format", help="File format.")] = (
        ExportFormat.PARQUET
    ),
    warehouse: WarehouseOption = None,
) -> None:
    """Write a view to files, one folder per month, for pandas, Polars and spreadsheets."""
    place = Settings.from_env(warehouse=warehouse).warehouse
    views = list_views(place) if view == "all" else [view]
    for name, files in export_views(place, views, export_format, to).items():
        _say(f"{name}: {len(files)} files in {to / name}")


@app.command()
def maintain(
    keep_stage_days: Annotated[int, typer.Option(min=1, help="Delete stage files of older runs.")] = 14,
    keep_raw_days: Annotated[
        int | None,
        typer.Option(min=30, help="Close older days and delete their raw files; default: keep all."),
    ] = None,
    relink: Annotated[bool, typer.Option("--relink", help="Link again even if no rule changed.")] = False,
    warehouse: WarehouseOption = None,
    data_root: DataRootOption = None,
) -> None:
    """Do what the DAG hindi_news_maintenance does each week, and print how complete each source is."""
    settings, run = _settings(warehouse, data_root), _start_run()
    check_places(settings)
    removed = maintenance.remove_old_stage_files(settings, now=run.now, keep_days=keep_stage_days)
    versions = maintenance.remove_old_annotations(settings)
    closed = maintenance.close_old_days(settings, now=run.now, keep_days=keep_raw_days)
    _say(f"removed: stage files of {len(removed)} runs, annotations of {len(versions)} other models")
    _say(f"closed: {', '.join(closed) or 'no day'}")
    linked = maintenance.relink(settings, run=run, force=relink)
    if linked:
        run_publish(settings)
        _say(f"links: {linked.changed_count} of {linked.report_count} reports changed their meeting")
    else:
        _say("links: unchanged")
    if sizes := maintenance.compact_working(settings):
        _say(f"working database: {sizes.before_bytes} bytes, now {sizes.after_bytes}")
    for row in maintenance.summarise_completeness(settings, now=run.now, days=30):
        _say(json.dumps(dataclasses.asdict(row), ensure_ascii=False))


@app.command()
def explore(
    warehouse: WarehouseOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8090,
) -> None:
    """Serve the published warehouse to a browser on this machine; the printed address works once."""
    from etl.explorer.serve import HOST, OneTimeSignIn, listen, serve

    place, sign_in = Settings.from_env(warehouse=warehouse).warehouse, OneTimeSignIn()
    with listen(port) as listener:
        print(f"http://{HOST}:{listener.getsockname()[1]}/enter/{sign_in.token}", flush=True)
        _say("open this address, once; Ctrl+C stops the server")
        serve(place, sign_in, listener)


@app.command()
def dictionary() -> None:
    """Print the meaning of every table, view and column, as Markdown."""
    print(describe_schema(), end="")


def main() -> None:
    """Run the command; print an error of ours or of the system in one line, without a traceback."""
    try:
        app()
    except (MulaqatError, OSError) as error:
        _say(f"error: {error}")
        sys.exit(1)


def _start_run() -> RunContext:
    now = datetime.now(IST)
    return RunContext(f"cli-{now:%Y%m%dT%H%M%S%f}", now)


def _settings(warehouse: str | None, data_root: str | None) -> Settings:
    """Read the environment; with only a warehouse file given, the data root is a folder beside it."""
    settings = Settings.from_env(data_root=data_root, warehouse=warehouse)
    if not warehouse or data_root or not isinstance(settings.warehouse, Path):
        return settings
    beside = settings.warehouse.with_name(f"{settings.warehouse.name}.data")
    return Settings.from_env(data_root=beside, warehouse=warehouse)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=lambda value: value.isoformat()))


def _print_table(table: Any) -> None:
    Console(width=None if sys.stdout.isatty() else FILE_WIDTH).print(table)


@contextmanager
def _progress(stage: str, article_count: int) -> Iterator[OnArticle]:
    columns = (TextColumn(f"{stage:9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(stage, total=article_count)
        yield lambda: bar.advance(task)
