"""The location of a warehouse: a DuckDB file on one machine, or a DuckLake that several machines share."""

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
    """Access to an S3-compatible object store; names as in AWS's own tools.

    Attributes:
        endpoint_url: `http(s)://host:port` of the store; None for AWS.
    """

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(repr=False)
    region: str
    endpoint_url: str | None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self | None:
        """Read the `AWS_…` variables; None if the access keys are not set."""
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
        """Whether the connection uses TLS."""
        return not self.endpoint_url or self.endpoint_url.startswith("https:")


@dataclass(frozen=True, slots=True)
class DuckLake:
    """A warehouse with its catalog in PostgreSQL and its rows in Parquet files, for many writers and readers.

    Attributes:
        catalog: libpq connection string, `host=db dbname=mulaqat user=mulaqat` or a `postgresql://` URL, without a
            password: libpq reads it from `PGPASSWORD` or `~/.pgpass`.
        data_path: folder or object store URL of the Parquet files; takes effect when the lake is created.
        store: access to a `data_path` that begins with `s3://`.
        kept_days: how long publish keeps old snapshots, for time travel and for readers that still use them.
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
    """Parse the value of `MULAQAT_WAREHOUSE` or `--warehouse`.

    Args:
        text: path of a DuckDB file, or `ducklake:postgres:` and a libpq connection string.
        lake_data: where a new lake stores its Parquet files.

    Raises:
        BadSetting: no catalog is given, the setting contains a password, or the store has no access keys.
    """
    if not text.startswith(_LAKE):
        return Path(text).absolute()
    catalog = text.removeprefix(_LAKE).removeprefix("postgres:").strip()
    if not catalog:
        raise BadSetting(
            "ducklake: no catalog given; write it like ducklake:postgres:host=db dbname=mulaqat user=mulaqat"
        )
    if _PASSWORD.search(catalog):
        raise BadSetting("the warehouse setting contains a password: set PGPASSWORD or use ~/.pgpass instead")
    is_remote = lake_data.startswith("s3://")
    if is_remote and store is None:
        raise BadSetting(f"{lake_data} needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    return DuckLake(catalog, lake_data, store if is_remote else None, kept_days)
