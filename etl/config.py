"""Settings: the only module that reads the environment. All others receive a `Settings`."""

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
    """Where data is stored and which models run.

    Attributes:
        data_root: raw archive, stage files, annotation cache, inbox: a folder, or a URL that fsspec understands such
            as `s3://bucket/mulaqat`, so that workers need no shared disk (`MULAQAT_DATA_ROOT`, default `data/`).
        working_dir: local folder of the working database and the frontier, which an object store cannot hold; needed
            by the tasks that collect, load, audit and publish (`MULAQAT_WORKING_DIR`, default
            `<data_root>/working`; None if the data root is a store).
        warehouse: what readers open (`MULAQAT_WAREHOUSE`): the published copy, by default `mulaqat.duckdb` in the data
            root, or in `<working_dir>/published` if the data root is a store; or a lake, `ducklake:postgres:host=…
            dbname=… user=…`. A new lake stores its Parquet files in `MULAQAT_LAKE_DATA` (default `<data_root>/lake`, or
            `s3://bucket/folder/`) and keeps old snapshots for `MULAQAT_KEPT_DAYS` (30).
        seeds_dir: articles, cues, gazetteer (`MULAQAT_SEEDS`).
        models_dir: model folder in Stanza's layout (`MULAQAT_MODELS`; default: the bundled `models/`, or
            `stanza_resources` under the data root for the official models).
        official_models: download Stanza's default Hindi package into `models_dir` (`MULAQAT_STANZA=official`; default
            `bundled`).
        contact: mail or web address sent to publishers whose pages are fetched (`MULAQAT_CONTACT`); without it nothing
            is fetched.
        kept_copies: number of earlier published copies to keep beside the current one (`MULAQAT_KEPT_COPIES`, 1).
        fetch_loopback: allow fetching from this machine, for tests (`MULAQAT_FETCH_LOOPBACK=1`).
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
        """Read the environment; arguments take precedence.

        Raises:
            BadSetting: `MULAQAT_STANZA` is neither `bundled` nor `official`, or the warehouse setting is invalid.
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
        """Folders from which a run takes the articles of its day: the seeds, and `<data_root>/inbox`."""
        return self.seeds_dir / "articles", self.data_root / "inbox"

    @property
    def raw_dir(self) -> AnyPath:
        """The raw archive: WARC files per source and day."""
        return self.data_root / "raw"

    @property
    def sources_path(self) -> Path:
        """TOML file of the publishers."""
        return self.seeds_dir / "sources.toml"

    @property
    def frontier_path(self) -> Path:
        """SQLite file of known URLs and of those still to fetch."""
        return self._require_working_dir() / "frontier.sqlite"

    @property
    def discovery_dir(self) -> AnyPath:
        """Feeds, sitemaps and listings as fetched: WARC files per source and day."""
        return self.data_root / "discovery"

    @property
    def imported_dir(self) -> AnyPath:
        """Markers of the foreign WARC files that were imported."""
        return self.data_root / "imported"

    @property
    def stage_dir(self) -> AnyPath:
        """Stage files, one folder per run."""
        return self.data_root / "stage"

    @property
    def annotations_dir(self) -> AnyPath:
        """Cache of annotations, by model version and text hash."""
        return self.data_root / "annotations"

    @property
    def loaded_dir(self) -> AnyPath:
        """Per partition: the fingerprint of raw at its last load."""
        return self.data_root / "loaded"

    @property
    def closed_dir(self) -> AnyPath:
        """Markers of the partitions whose raw files were removed."""
        return self.data_root / "closed"

    @property
    def working(self) -> WarehousePlace:
        """The database that load, audit and publish open: a working file, or the lake itself."""
        if isinstance(self.warehouse, DuckLake):
            return self.warehouse
        return self._require_working_dir() / "mulaqat.duckdb"

    def _require_working_dir(self) -> Path:
        if self.working_dir is None:
            raise BadSetting(
                f"MULAQAT_WORKING_DIR is not set: the data root {self.data_root} is an object store, which cannot hold "
                "the working database; set it to a local folder on the worker that collects and loads"
            )
        return self.working_dir


def _read_warehouse(
    env: Mapping[str, str], root: AnyPath, requested: str | Path | None, default: Path
) -> WarehousePlace:
    return read_place(
        str(requested or env.get("MULAQAT_WAREHOUSE") or default),
        lake_data=env.get("MULAQAT_LAKE_DATA") or f"{root / 'lake'}/",
        store=ObjectStore.from_env(env),
        kept_days=_read_count(env, "MULAQAT_KEPT_DAYS", 30),
    )


def _read_count(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal():
        raise BadSetting(f"{name} is {text!r}: set it to a whole number")
    return int(text)
