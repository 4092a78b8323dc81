"""Where a warehouse lives: in DuckDB files on one machine, or in a DuckLake that many machines share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from etl.errors import BadSetting

_LAKE = "ducklake:"
_PASSWORD = re.compile(r"\bpassword\s*=|://[^/@]*:[^/@]*@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """How an S3-compatible store is reached; the names are those of AWS's own tools.

    Attributes:
        endpoint_url: `http(s)://host:port` of a store that is not AWS's; None for AWS.
    """

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(repr=False)
    region: str
    endpoint_url: str | None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self | None:
        """Read `AWS_ACCESS_KEY_ID` and its like; None where they are not set."""
        if not env.get("AWS_ACCESS_KEY_ID") or not env.get("AWS_SECRET_ACCESS_KEY"):
            return None
        return cls(
            access_key_id=env["AWS_ACCESS_KEY_ID"],
            secret_access_key=env["AWS_SECRET_ACCESS_KEY"],
            session_token=env.get("AWS_SESSION_TOKEN"),
            region=env.get("AWS_REGION") or env.get("AWS_DEFAULT_REGION") or "us-east-1",
            endpoint_url=env.get("AWS_ENDPOINT_URL"),
        )

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.endpoint_url).netloc if self.endpoint_url else "s3.amazonaws.com"

    @property
    def is_encrypted(self) -> bool:
        """Whether it is spoken to by TLS."""
        return not self.endpoint_url or self.endpoint_url.startswith("https:")


@dataclass(frozen=True, slots=True)
class DuckLake:
    """A warehouse with its catalog in PostgreSQL and its rows in Parquet files: many write, many read.

    Attributes:
        catalog: how libpq reaches the database, `host=db dbname=mulaqat user=mulaqat` or a `postgresql://` URL,
            without a password: libpq takes that from `PGPASSWORD` or `~/.pgpass`.
        data_path: folder or object store address of the Parquet files; it holds when the lake is made.
        store: of a `data_path` that begins with `s3://`.
        kept_days: how long publish keeps former snapshots, for time travel and for readers still in them.
    """

    catalog: str
    data_path: str
    store: ObjectStore | None = None
    kept_days: int = 30

    def __str__(self) -> str:
        return f"{_LAKE}postgres:{self.catalog}"


WarehousePlace = Path | DuckLake
"""A DuckDB file, or a lake."""


def read_place(
    text: str, *, lake_data: str, store: ObjectStore | None = None, kept_days: int = 30
) -> WarehousePlace:
    """Return the place that `MULAQAT_WAREHOUSE` or `--warehouse` names.

    Args:
        text: path of a DuckDB file, or `ducklake:postgres:` and how libpq reaches the catalog.
        lake_data: where a new lake keeps its Parquet files.

    Raises:
        BadSetting: the lake has no catalog, shows a password, or lies in a store without access keys.
    """
    if not text.startswith(_LAKE):
        return Path(text).absolute()
    catalog = text.removeprefix(_LAKE).removeprefix("postgres:").strip()
    if not catalog:
        raise BadSetting(
            "ducklake: names no catalog; such as ducklake:postgres:host=db dbname=mulaqat user=mulaqat"
        )
    if _PASSWORD.search(catalog):
        raise BadSetting("the warehouse's setting shows a password: give it as PGPASSWORD or in ~/.pgpass")
    is_remote = lake_data.startswith("s3://")
    if is_remote and store is None:
        raise BadSetting(f"{lake_data} needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    return DuckLake(catalog, lake_data, store if is_remote else None, kept_days)
