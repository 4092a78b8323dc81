"""Settings: the only reader of the environment. Everything else is handed a `Settings`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from etl.errors import BadSetting
from etl.storage.paths import AnyPath, make_path
from etl.storage.warehouse_place import DuckLake, ObjectStore, WarehousePlace, read_place

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and which models run.

    Attributes:
        data_root: raw archive, stage files, annotation cache, inbox: a folder, or a URL that fsspec understands such
            as `s3://bucket/mulaqat`, so that workers need no shared disk (`MULAQAT_DATA_ROOT`, default `data/`).
        working_dir: local folder of the working database and of the frontier, which no store can hold; wanted by
            the tasks that collect, load, audit and publish (`MULAQAT_WORKING_DIR`, default
            `<data_root>/working`; none where the data root is a store).
        warehouse: what readers open (`MULAQAT_WAREHOUSE`): the published copy, default `mulaqat.duckdb` in the data
            root, or in `<working_dir>/published` where that is a store; or a lake, `ducklake:postgres:host=… dbname=…
            user=…`. A new lake keeps its Parquet files in `MULAQAT_LAKE_DATA` (default `<data_root>/lake`, or
            `s3://bucket/folder/`) and former snapshots for `MULAQAT_KEPT_DAYS` (30).
        seeds_dir: articles, cues, gazetteer (`MULAQAT_SEEDS`).
        models_dir: model folder in Stanza's own layout (`MULAQAT_MODELS`, default: the bundled `models/`, or
            `stanza_resources` at the same place where the official models are wanted).
        official_models: `models_dir` is filled with Stanza's default Hindi package by download
            (`MULAQAT_STANZA=official`; default `bundled`).
        contact: a mail or web address that publishers see when their pages are fetched (`MULAQAT_CONTACT`); None
            refuses to fetch.
        kept_copies: how many former published copies stay beside the present one (`MULAQAT_KEPT_COPIES`, 1).
        fetch_loopback: also fetch from this machine, for tests (`MULAQAT_FETCH_LOOPBACK=1`).
    """

    data_root: AnyPath
    working_dir: Path | None
    warehouse: WarehousePlace
    seeds_dir: Path
    models_dir: Path
    official_models: bool = False
    contact: str | None = None
    fetch_loopback: bool = False
    kept_copies: int = 1

    @classmethod
    def from_env(cls, *, data_root: AnyPath | str | None = None, warehouse: str | Path | None = None) -> Self:
        """Read the environment; arguments win over it.

        Raises:
            BadSetting: `MULAQAT_STANZA` is neither `bundled` nor `official`, or the warehouse is no place for one.
        """
        env = os.environ
        root = make_path(data_root or env.get("MULAQAT_DATA_ROOT") or REPOSITORY / "data")
        folder = root if isinstance(root, Path) else None
        working = env.get("MULAQAT_WORKING_DIR") or (folder and folder / "working")
        local = folder or (Path(working, "published") if working else REPOSITORY / "data")
        choice = env.get("MULAQAT_STANZA", "bundled")
        if choice not in ("bundled", "official"):
            raise BadSetting(f"MULAQAT_STANZA is {choice!r}: set it to bundled or official")
        default_models = local / "stanza_resources" if choice == "official" else REPOSITORY / "models"
        return cls(
            data_root=root,
            working_dir=Path(working).absolute() if working else None,
            warehouse=_read_warehouse(env, root, warehouse, local / "mulaqat.duckdb"),
            seeds_dir=Path(env.get("MULAQAT_SEEDS", REPOSITORY / "seeds")).absolute(),
            models_dir=Path(env.get("MULAQAT_MODELS", default_models)).absolute(),
            official_models=choice == "official",
            contact=env.get("MULAQAT_CONTACT") or None,
            fetch_loopback=env.get("MULAQAT_FETCH_LOOPBACK") == "1",
            kept_copies=_read_count(env, "MULAQAT_KEPT_COPIES", 1),
        )

    @property
    def inbox_dirs(self) -> tuple[AnyPath, AnyPath]:
        """Folders whose articles a run of their day picks up: the seeds, and `<data_root>/inbox`."""
        return self.seeds_dir / "articles", self.data_root / "inbox"

    @property
    def raw_dir(self) -> AnyPath:
        """The raw archive: WARC files per source and day."""
        return self.data_root / "raw"

    @property
    def sources_path(self) -> Path:
        """The publishers and how each is read."""
        return self.seeds_dir / "sources.toml"

    @property
    def frontier_path(self) -> Path:
        """Which addresses are known, and which wait (SQLite)."""
        return self._require_working_dir() / "frontier.sqlite"

    @property
    def discovery_dir(self) -> AnyPath:
        """The feeds, sitemaps and listings that named articles, as WARC files per source and day."""
        return self.data_root / "discovery"

    @property
    def imported_dir(self) -> AnyPath:
        """Which WARC files of others were read."""
        return self.data_root / "imported"

    @property
    def stage_dir(self) -> AnyPath:
        """Stage files, one folder a run."""
        return self.data_root / "stage"

    @property
    def annotations_dir(self) -> AnyPath:
        """What was annotated, by model version and text: a cache."""
        return self.data_root / "annotations"

    @property
    def loaded_dir(self) -> AnyPath:
        """For each partition, what the raw archive held when it was last loaded."""
        return self.data_root / "loaded"

    @property
    def closed_dir(self) -> AnyPath:
        """The partitions whose raw files were removed."""
        return self.data_root / "closed"

    @property
    def working(self) -> WarehousePlace:
        """What load, audit and publish open: a file of their own, or the lake itself."""
        if isinstance(self.warehouse, DuckLake):
            return self.warehouse
        return self._require_working_dir() / "mulaqat.duckdb"

    def _require_working_dir(self) -> Path:
        if self.working_dir is None:
            raise BadSetting(
                f"MULAQAT_WORKING_DIR is not set: the data root {self.data_root} is a store, which cannot hold the "
                "working database; name a local folder on the worker that collects and loads"
            )
        return self.working_dir


def _read_warehouse(
    env: Mapping[str, str], root: AnyPath, asked: str | Path | None, default: Path
) -> WarehousePlace:
    return read_place(
        str(asked or env.get("MULAQAT_WAREHOUSE") or default),
        lake_data=env.get("MULAQAT_LAKE_DATA") or f"{root / 'lake'}/",
        store=ObjectStore.from_env(env),
        kept_days=_read_count(env, "MULAQAT_KEPT_DAYS", 30),
    )


def _read_count(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal():
        raise BadSetting(f"{name} is {text!r}: set it to a whole number")
    return int(text)
