"""Draw the packages of the code base from their imports: one SVG, the same bytes for the same code.

python -m docs.structure    writes docs/images/structure.svg

The floors come from the first import contract in pyproject.toml, the modules from the folders, and the imports from the
syntax trees; nothing is imported. Each box lists the packages it imports and the number of its modules that do so.
"""

import ast
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PICTURE = REPOSITORY / "docs" / "images" / "structure.svg"
PURPOSES = {
    "dags": "when a stage runs: Airflow's DAGs",
    "plugins": "the Explorer inside Airflow",
    "cli": "the mulaqat command",
    "pipeline": "in which order, with which settings: one module per stage",
    "explorer": "read-only web pages over the published copy",
    "config": "settings from the environment",
    "extract": "how articles are collected and read",
    "transform": "how text becomes meetings: pure functions",
    "warehouse": "how rows are stored, linked, audited and published: all SQL",
    "storage": "where data is stored: paths, Parquet records, stage folders",
    "domain": "what the stages pass to each other: frozen records, ids, days",
    "errors": "the errors, and what the caller does about each",
}
COLOURS = {
    "dags": "#6b5b95",
    "plugins": "#8a6fb0",
    "cli": "#4a5a7a",
    "pipeline": "#2f6f9f",
    "explorer": "#3b8ea5",
    "config": "#7a6a53",
    "extract": "#3f8f5f",
    "transform": "#b5762a",
    "warehouse": "#b04a4a",
    "storage": "#5f7f3f",
    "domain": "#4f4f8f",
    "errors": "#777777",
}
WIDTH, MARGIN, LEFT, GAP = 1120, 28, 78, 20
PADDING, LINE, HEAD, CHIP = 16, 18, 104, 27
TEXT_CHAR, CODE_CHAR = 6.7, 7.3
"""Widths of a character in pixels, on the safe side: the SVG names font families, not fonts."""
CHIP_GAP = 24
"""Pixels that a label takes beside its text: its ends, and the space to the next one."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the picture.

    Attributes:
        modules: its modules; a folder as `name/ count`.
        imports: imported package → number of this package's modules that import it.
    """

    name: str
    modules: tuple[str, ...]
    imports: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A package at its place: pixels, the texts already wrapped."""

    package: Package
    left: float
    width: float
    purpose: tuple[str, ...]
    modules: tuple[str, ...]
    chip_rows: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> float:
        """Height that the texts need."""
        texts = len(self.purpose) * LINE + len(self.modules) * (LINE - 1) + (10 if self.modules else 0)
        return PADDING * 2 + 18 + texts + (0 if self.is_alone else 8 + self.chips_height)

    @property
    def is_alone(self) -> bool:
        """Whether it has its floor to itself; its labels are then at the right, beside the name."""
        return self.width == WIDTH - LEFT - MARGIN

    @property
    def chips_height(self) -> float:
        """Height of the labels."""
        return len(self.chip_rows) * CHIP


def read_floors() -> list[list[str]]:
    """Return the packages of `etl` from the top floor down, with what Airflow loads on the top floor."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    layers: list[str] = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    floors = [[name.strip().removeprefix("etl.") for name in layer.split("|")] for layer in layers]
    inside = [sorted(floor, key=list(PURPOSES).index) for floor in floors if floor != ["__main__"]]
    return [["dags", *inside[0], "plugins"], *inside[1:]]


def read_package(name: str) -> Package:
    """Read one package's modules and imports from its files."""
    folder = REPOSITORY / name if name in ("dags", "plugins") else REPOSITORY / "etl" / name
    files = sorted(folder.rglob("*.py")) or [folder.with_suffix(".py")]
    imports: dict[str, int] = {}
    for file in files:
        for target in {other for other in read_imports(file) if other != name}:
            imports[target] = imports.get(target, 0) + 1
    return Package(name, tuple(_list_modules(folder)), imports)


def read_imports(file: Path) -> Iterator[str]:
    """Yield the packages of `etl` that a file imports, also inside functions; `etl` itself is left out."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        yield from (name.split(".")[1] for name in names if name.startswith("etl."))


def _list_modules(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*")):
        count = (
            len([file for file in path.rglob("*.py") if file.name != "__init__.py"]) if path.is_dir() else 0
        )
        if path.suffix == ".py" and path.name != "__init__.py":
            yield path.stem
        elif count:
            yield f"{path.name}/\u00a0{count}"


def place_floor(floor: Sequence[str]) -> list[Box]:
    """Share the width out among a floor's packages."""
    room = WIDTH - LEFT - MARGIN
    width = (room - GAP * (len(floor) - 1)) / len(floor)
    return [_make_box(read_package(name), LEFT + (width + GAP) * n, width) for n, name in enumerate(floor)]


def _make_box(package: Package, left: float, width: float) -> Box:
    inner = width - 2 * PADDING
    chips = [f"{name} {package.imports[name]}" for name in PURPOSES if name in package.imports]
    return Box(
        package,
        left,
        width,
        tuple(_wrap(PURPOSES[package.name].split(" "), " ", int(inner / TEXT_CHAR))),
        tuple(_wrap(package.modules, "  ", int(inner / CODE_CHAR))),
        tuple(_share_out(chips, inner)),
    )


def _wrap(words: Iterable[str], separator: str, room: int) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line}{separator}{word}" if line else word
        if line and len(longer) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _share_out(chips: Iterable[str], room: float) -> Iterator[tuple[str, ...]]:
    row: tuple[str, ...] = ()
    for chip in chips:
        if row and _chips_width((*row, chip)) > room:
            yield row
            row = ()
        row = (*row, chip)
    if row:
        yield row


def draw() -> str:
    """Return the picture as SVG."""
    parts: list[str] = []
    top = float(HEAD)
    for floor in read_floors():
        boxes = place_floor(floor)
        height = max(box.height for box in boxes)
        for box in boxes:
            parts += _draw_box(box, top, height)
        top += height + GAP
    total = top + 8
    return "\n".join([*_draw_head(total), *_draw_arrow(HEAD, top - GAP), *parts, "</svg>", ""])


def _draw_head(height: float) -> list[str]:
    note = (
        "A package imports only packages on lower floors. "
        "Each label names an imported package and the number of modules that import it."
    )
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" '
        f'viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="The packages of Mulaqat and their imports">',
        "<style>text{font-family:'DejaVu Sans',Verdana,Helvetica,Arial,sans-serif;fill:#2b2b33}"
        ".title{font-size:24px;font-weight:700}.note{font-size:13px;fill:#666}.name{font-size:16px;font-weight:700}"
        ".purpose{font-size:12px;fill:#555}.chip{font-size:11px;fill:#fff;font-weight:600}"
        ".code{font-family:'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:11.5px;fill:#444}</style>",
        f'<rect width="{WIDTH}" height="{height:g}" rx="14" fill="#faf9f6"/>',
        f'<text class="title" x="{MARGIN}" y="46">The packages of Mulaqat and their imports</text>',
        f'<text class="note" x="{MARGIN}" y="74">{note}</text>',
    ]


def _draw_arrow(top: float, bottom: float) -> list[str]:
    middle, x = (top + bottom) / 2, MARGIN + 16
    line = f'stroke="#b9b4a8" stroke-width="2" d="M{x} {top:g}V{bottom - 10:g}"'
    return [
        f'<path fill="none" {line}/>',
        f'<path fill="#b9b4a8" d="M{x - 6} {bottom - 12:g}h12l-6 12z"/>',
        f'<rect x="{x - 10}" y="{middle - 44:g}" width="20" height="88" fill="#faf9f6"/>',
        f'<text class="note" text-anchor="middle" transform="translate({x + 5} {middle:g}) rotate(-90)">imports</text>',
    ]


def _draw_box(box: Box, top: float, height: float) -> Iterator[str]:
    name, colour = box.package.name, COLOURS[box.package.name]
    x, y = box.left + PADDING, top + PADDING + 14
    full_name = name if name in ("dags", "plugins") else f"etl.{name}"
    place = f'x="{box.left:g}" y="{top:g}" width="{box.width:g}" height="{height:g}"'
    yield f'<rect {place} rx="9" fill="#fff" stroke="#ddd8cc"/>'
    band = f"M{box.left + 9:g} {top:g}h{box.width - 18:g}a9 9 0 0 1 9 5h-{box.width:g}a9 9 0 0 1 9-5z"
    yield f'<path fill="{colour}" d="{band}"/>'
    yield f'<text class="name" x="{x:g}" y="{y:g}" style="fill:{colour}">{full_name}</text>'
    for line in box.purpose:
        y += LINE
        yield f'<text class="purpose" x="{x:g}" y="{y:g}">{escape(line)}</text>'
    y += 10 if box.modules else 0
    for line in box.modules:
        y += LINE - 1
        yield f'<text class="code" x="{x:g}" y="{y:g}" xml:space="preserve">{escape(line)}</text>'
    y = top + PADDING if box.is_alone else top + height - PADDING - box.chips_height + 7
    for row in box.chip_rows:
        shift = box.width - 2 * PADDING - _chips_width(row) if box.is_alone else 0
        yield from _draw_chips(row, x + shift, y)
        y += CHIP


def _chips_width(row: Sequence[str]) -> float:
    return sum(len(chip) * TEXT_CHAR + CHIP_GAP for chip in row) - 6


def _draw_chips(row: Sequence[str], x: float, y: float) -> Iterator[str]:
    for chip in row:
        width = len(chip) * TEXT_CHAR + CHIP_GAP - 6
        colour = COLOURS[chip.split(" ")[0]]
        yield f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="20" rx="10" fill="{colour}"/>'
        yield f'<text class="chip" text-anchor="middle" x="{x + width / 2:g}" y="{y + 14:g}">{chip}</text>'
        x += width + 6


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
