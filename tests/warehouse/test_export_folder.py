"""An export replaces the files of the last export, and nothing else in its folder."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from etl.errors import BadSetting, PermanentError
from etl.warehouse.export import ExportFormat, export_view, export_views

MONTHS = ("2023-05", "2023-06")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    publish_months(path, MONTHS)
    return path


def publish_months(path: Path, months: tuple[str, ...]) -> None:
    path.unlink(missing_ok=True)
    rows = " UNION ALL ".join(f"SELECT DATE '{month}-01' AS start_date" for month in months)
    with duckdb.connect(str(path)) as con:
        con.execute(f"CREATE SCHEMA out; CREATE VIEW out.x AS {rows}; CREATE VIEW out.y AS SELECT 1 AS n")


def names(target: Path) -> list[str]:
    files = (path.relative_to(target) for path in target.rglob("*") if path.is_file())
    return sorted(str(file) for file in files if file.parts[0] != ".mulaqat_export")


def make_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("अपना")


def make_link(path: Path) -> None:
    path.parent.mkdir(parents=True)
    make_file(path.with_name("real"))
    path.symlink_to(path.with_name("real"))


def test_old_files_go_and_foreign_ones_stay(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    for name in ("x/notes.txt", "x/month=2023-05/notes.csv", "plan.xlsx", "z/part_0.csv"):
        make_file(target / name)
    own = names(target)
    export_view(published, "x", ExportFormat.CSV, target)
    publish_months(published, ("2023-07",))
    for _ in range(2):
        (file,) = export_view(published, "x", ExportFormat.PARQUET, target)
        assert names(target) == sorted([*own, "x/month=2023-07/part_0.parquet"])
    assert file == target / "x" / "month=2023-07" / "part_0.parquet"
    assert not (target / "x" / "month=2023-06").exists()
    assert all((target / name).read_text() == "अपना" for name in own)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("y/part_0.csv", make_file),
        ("y/part_0.parquet", make_file),
        ("x/month=2023-05/part_0.csv", make_file),
        ("x/month=1999-01/part_0.csv", make_file),
        ("x/month=2023-05", make_file),
        ("x", make_file),
        ("y/part_0.csv", make_link),
        ("y/part_0.csv", lambda path: path.mkdir(parents=True)),
    ],
)
def test_a_clash_is_an_error_before_any_work(
    published: Path, tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    target = tmp_path / "out"
    make(target / name)
    before = names(target)
    with pytest.raises(BadSetting, match="not written by an export"):
        export_views(published, ["x", "y"], ExportFormat.CSV, target)
    assert names(target) == before
    assert not (target / ".mulaqat_export").exists()


def test_a_file_changed_since_its_export_is_kept(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    _, changed = export_view(published, "x", ExportFormat.CSV, target)
    changed.write_text("अपना")
    for export_format in ExportFormat:
        with pytest.raises(BadSetting, match="has changed since"):
            export_view(published, "x", export_format, target)
    assert changed.read_text() == "अपना"
    changed.unlink()
    assert len(export_view(published, "x", ExportFormat.CSV, target)) == 2


def test_an_export_killed_at_any_step_can_be_repeated(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(6):
        target = tmp_path / f"out-{step}"
        publish_months(published, MONTHS)
        export_view(published, "x", ExportFormat.CSV, target)
        publish_months(published, ("2023-05", "2023-07"))
        left = [step]
        with monkeypatch.context() as patch:
            for method in ("replace", "unlink"):
                patch.setattr(Path, method, fail_later(getattr(Path, method), left))
            with suppress(KeyboardInterrupt):
                export_view(published, "x", ExportFormat.CSV, target)
        export_view(published, "x", ExportFormat.CSV, target)
        assert names(target) == ["x/month=2023-05/part_0.csv", "x/month=2023-07/part_0.csv"]


def fail_later(real: Callable[..., object], left: list[int]) -> Callable[..., object]:
    """Return a function that ends like a killed process once `left` calls were made."""

    def call(path: Path, *arguments: object, **options: object) -> object:
        if "out-" in str(path) and "partial" not in str(path):
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
        return real(path, *arguments, **options)

    return call


def test_a_target_that_cannot_be_used_is_one_line(published: Path, tmp_path: Path) -> None:
    make_file(tmp_path / "file")
    with pytest.raises(PermanentError, match="cannot be written: Not a directory"):
        export_view(published, "x", ExportFormat.CSV, tmp_path / "file")
    with pytest.raises(PermanentError, match="cannot be written"):
        export_view(published, "x", ExportFormat.CSV, Path("/proc/out"))
    make_file(tmp_path / "out" / ".mulaqat_export" / "manifest.json")
    with pytest.raises(BadSetting, match="does not list the files"):
        export_view(published, "x", ExportFormat.CSV, tmp_path / "out")
