"""The stage files of one partition in one run: their names, and how one stage passes them to the next.

Stages work on local files. If the data root is an object store, the files a stage needs are downloaded before it runs
and the files it made are uploaded after. A manifest (`clean.json`) is written last. It holds the hash of each file, so
a missing, incomplete or damaged file is reported by name and never read.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.domain.plan import Shard
from etl.errors import StageIncomplete
from etl.storage.paths import AnyPath
from etl.storage.record_files import read_records, write_text

_STAGE_FILE = re.compile(
    r"[^/]+/(?:(?:waiting|articles|rejected|source_counts|shards|resolved|postings|plan)\.parquet"
    r"|sentences/\d+\.parquet|resolver_version\.txt|(?:collect|clean|resolve|annotate-\d+)\.json"
    r"|(?:sentences/)?\.[\w.-]+\.[0-9a-f]{32})"
)
"""Path of a stage file, or of one that a killed run left under its temporary name, in the folder of its run."""


def is_stage_file(name: str) -> bool:
    """Return whether a stage writes a file of this path, relative to the folder of its run."""
    return bool(_STAGE_FILE.fullmatch(name))


@dataclass(frozen=True, slots=True)
class StageFolder:
    """Paths of the local files; two runs of one day never share a file."""

    stage_dir: Path
    run_key: str
    partition_day: str

    @property
    def waiting(self) -> Path:
        """`DayCount` records: pending URLs per source."""
        return self._folder / "waiting.parquet"

    @property
    def articles(self) -> Path:
        """`Article` records, sorted by id."""
        return self._folder / "articles.parquet"

    @property
    def rejected(self) -> Path:
        """`Rejection` records."""
        return self._folder / "rejected.parquet"

    @property
    def source_counts(self) -> Path:
        """`SourceCount` records, one per source."""
        return self._folder / "source_counts.parquet"

    @property
    def shards(self) -> Path:
        """`Shard` records, by number."""
        return self._folder / "shards.parquet"

    def sentences(self, shard_number: int) -> Path:
        """`Sentence` records of one shard, in the order of its articles."""
        return self._folder / "sentences" / f"{shard_number:03d}.parquet"

    @property
    def resolved(self) -> Path:
        """`ResolvedArticle` records, sorted by article id."""
        return self._folder / "resolved.parquet"

    @property
    def postings(self) -> Path:
        """Posting lists of `articles`: which words occur in which article (etl.warehouse.postings)."""
        return self._folder / "postings.parquet"

    @property
    def plan(self) -> Path:
        """One `PartitionPlan` record."""
        return self._folder / "plan.parquet"

    @property
    def resolver_version(self) -> Path:
        """Text: the version of the resolver that made `resolved`."""
        return self._folder / "resolver_version.txt"

    def made_by(self, stage: str) -> tuple[Path, ...]:
        """Return the files that a stage makes; the stage of one shard is `shard_stage(number)`."""
        name, _, number = stage.partition("-")
        if name == "annotate":
            return (self.sentences(int(number)),)
        return {
            "collect": (self.waiting,),
            "clean": (self.plan, self.articles, self.rejected, self.source_counts, self.shards),
            "resolve": (self.resolved, self.postings, self.resolver_version),
        }[name]

    def manifest(self, stage: str) -> Path:
        """Return the manifest of a stage: JSON with the SHA-256 of each file by name."""
        return self._folder / f"{stage}.json"

    @property
    def _folder(self) -> Path:
        return self.stage_dir / self.run_key / self.partition_day


def shard_stage(shard_number: int) -> str:
    """Return the stage name for the annotation of one shard."""
    return f"annotate-{shard_number:03d}"


def annotated_stages(stage_dir: AnyPath, run_key: str, partition_day: str) -> list[str]:
    """Return the stages up to annotate: clean, and one per shard."""
    with open_stage(stage_dir, run_key, partition_day, needs=["clean"]) as folder:
        return ["clean", *map(shard_stage, range(_count_shards(folder)))]


def sentence_files(folder: StageFolder) -> list[Path]:
    """Return the sentence files, one per shard, in order."""
    return [folder.sentences(number) for number in range(_count_shards(folder))]


def _count_shards(folder: StageFolder) -> int:
    return len(read_records(folder.shards, Shard))


@contextmanager
def open_stage(
    stage_dir: AnyPath,
    run_key: str,
    partition_day: str,
    *,
    needs: Sequence[str] = (),
    makes: str | None = None,
) -> Iterator[StageFolder]:
    """Yield the folder with the files of the stages in `needs`; seal the files of `makes` if the block succeeds.

    Raises:
        StageIncomplete: a needed file is missing or differs from its manifest.
    """
    with _local(stage_dir) as local_dir:
        folder = StageFolder(local_dir, run_key, partition_day)
        for stage in needs:
            _fetch(folder, stage, stage_dir)
        yield folder
        if makes:
            _seal(folder, makes, stage_dir)


@contextmanager
def _local(stage_dir: AnyPath) -> Iterator[Path]:
    if isinstance(stage_dir, Path):
        yield stage_dir
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _fetch(folder: StageFolder, stage: str, stage_dir: AnyPath) -> None:
    """Download a stage's files if they are remote, and check them against their manifest."""
    subject = f"{folder.partition_day}, stage files of {stage} (run {folder.run_key})"
    remedy = f"Run {stage.partition('-')[0]} and what follows it again"
    manifest = stage_dir / folder.manifest(stage).relative_to(folder.stage_dir)
    try:
        sha256_of = json.loads(manifest.read_text(encoding="utf-8"))
        for file in folder.made_by(stage):
            payload = (stage_dir / file.relative_to(folder.stage_dir)).read_bytes()
            if hashlib.sha256(payload).hexdigest() != sha256_of[file.name]:
                raise StageIncomplete(f"{subject}: {file.name} differs from its manifest. {remedy}.")
            if not isinstance(stage_dir, Path):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(payload)
    except FileNotFoundError as error:
        raise StageIncomplete(
            f"{subject} are missing. {remedy}, or run everything from collect on."
        ) from error


def _seal(folder: StageFolder, stage: str, stage_dir: AnyPath) -> None:
    files = folder.made_by(stage)
    payloads = {file: file.read_bytes() for file in files}
    if not isinstance(stage_dir, Path):
        for file, payload in payloads.items():
            (stage_dir / file.relative_to(folder.stage_dir)).write_bytes(payload)
    sha256_of = {file.name: hashlib.sha256(payload).hexdigest() for file, payload in payloads.items()}
    manifest = stage_dir / folder.manifest(stage).relative_to(folder.stage_dir)
    write_text(manifest, json.dumps(sha256_of, indent=1))
