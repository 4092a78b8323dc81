"""Logging of the command: warnings by default, every line with its day, shard and article with `-v`."""

import logging
import sys

import structlog


def configure_logging(*, verbose: bool) -> None:
    """Send log lines to standard error, each with the context bound where it was logged.

    Args:
        verbose: also show INFO lines of this project.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
            ],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("etl").setLevel(logging.INFO if verbose else logging.WARNING)
