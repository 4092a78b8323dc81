"""Every command and SQL block of the documentation works as written; links lead somewhere; the picture is current."""

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from docs.structure import PICTURE, draw
from etl.cli.main import app
from etl.config import REPOSITORY
from etl.warehouse.connection import open_published, open_working
from etl.warehouse.statements import run_sql
from testkit.article_pages import STORIES, render
from testkit.newsstand import Newsstand, fill

DOCUMENTS = sorted(
    [
        *REPOSITORY.glob("*.md"),
        *REPOSITORY.glob("docs/*.md"),
        *REPOSITORY.glob("docs/decisions/*.md"),
        *REPOSITORY.glob("dags/*.md"),
    ]
)
RUN = ("README.md", "CONTRIBUTING.md")
"""Documents whose `mulaqat` commands and SQL run here. docs/sql_cookbook.md runs in the warehouse's tests."""

NOT_RUN = {
    "make": "installs, starts servers or runs this suite; its target is looked up",
    "mulaqat explore": "serves until it is stopped (tests/browser); its options are looked up",
    "mulaqat poll": "needs the network (tests/extract/test_crawl.py); its options are looked up",
    "mulaqat sources check": "needs the network without --offline; its options are looked up",
    "airflow": "needs a running Airflow (tests/integration); its options are looked up",
    "docker": "needs Docker (tests/deploy checks the compose file); its services are looked up",
    "python -m pytest": "is part of this suite; its files are looked up",
    "python -m": "runs for minutes; its module is looked up",
    "createdb": "is PostgreSQL's (tests/warehouse/test_lake.py makes such a database)",
    "git": "is git's",
}
"""First words of the commands that do not run here, with the reason. Everything else in a console block must run."""

WORKED_EXAMPLES = ("etl/warehouse/sql/audit/long_meeting.sql",)
"""Files that a reader of CONTRIBUTING.md adds."""


@dataclass(frozen=True)
class Block:
    """A fenced block; `file` is the path that its info string names after the language."""

    language: str
    file: str
    text: str


def read_blocks(document: Path) -> list[Block]:
    pattern = re.compile(r"^( *)```(\w+) ?(\S*)\n(.*?)^\1```$", re.M | re.S)
    found = pattern.findall(document.read_text(encoding="utf-8"))
    return [Block(language, file, textwrap.dedent(text)) for _, language, file, text in found]


def read_commands(text: str) -> Iterator[list[str]]:
    """Yield the words of each command of a console block, without comments, up to a pipe or redirection."""
    for line in text.replace("\\\n", " ").splitlines():
        if words := shlex.split(line, comments=True):
            ends = [index for index, word in enumerate(words) if word in ("|", ">")]
            yield words[: ends[0]] if ends else words


def name_of(document: Path) -> str:
    return str(document.relative_to(REPOSITORY))


def check(words: list[str]) -> None:
    """Fail if a command that does not run here names a target, option, service, module or file that does not exist."""
    if words[0] == "make":
        command = ["make", "--dry-run", *words[1:]]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    elif words[0] == "mulaqat":
        check_mulaqat(words)
    elif words[0] == "airflow":
        path = [word for word in words[1:4] if not word.startswith("-")][:2]
        assert options_in(words) <= airflow_options(*path)
    elif words[0] == "docker":
        check_compose(words)
    elif words[:3] == ["python", "-m", "pytest"]:
        assert all((REPOSITORY / word).is_file() for word in words[3:] if not word.startswith("-"))
    elif words[:2] == ["python", "-m"]:
        assert importlib.util.find_spec(words[2])


def check_mulaqat(words: list[str]) -> None:
    command, rest = get_command(app), words[1:]
    while hasattr(command, "commands"):
        command = command.commands[rest.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert options_in(words) <= known | {"--help"}


def options_in(words: list[str]) -> set[str]:
    return {word.partition("=")[0] for word in words if word.startswith("--")}


@cache
def airflow_options(*path: str) -> frozenset[str]:
    command = [sys.executable, "-m", "airflow", *path, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return frozenset(re.findall(r"--[a-z-]+", done.stdout))


def check_compose(words: list[str]) -> None:
    compose = yaml.safe_load((REPOSITORY / "docker-compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    named = [words[index + 1].partition("=")[0] for index, word in enumerate(words) if word == "--scale"]
    for verb in ("exec", "logs"):
        named += [words[words.index(verb) + 1]] if verb in words else []
    assert set(named) <= services.keys()
    profiles = {profile for service in services.values() for profile in service.get("profiles", ())}
    assert {words[index + 1] for index, word in enumerate(words) if word == "--profile"} <= profiles
    inner = words[words.index("exec") + 2 :] if "exec" in words else []
    if inner[:1] == ["airflow"]:
        check(inner)


def is_run(words: list[str]) -> bool:
    """Return whether a command runs here."""
    if words[:3] == ["mulaqat", "sources", "check"] and "--offline" in words:
        return True
    return not any(" ".join(words[: len(start.split())]) == start for start in NOT_RUN)


@pytest.fixture(scope="module")
def newsstand(tmp_path_factory: pytest.TempPathFactory) -> Newsstand:
    filled = Newsstand(tmp_path_factory.mktemp("docs"))
    fill(filled)
    return filled


@pytest.fixture
def desk(newsstand: Newsstand, tmp_path: Path) -> Path:
    """A folder with the files that the documentation takes for given."""
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    shutil.copy(newsstand.published, tmp_path / "w.duckdb")
    (tmp_path / "page.html").write_text(render("bbc", STORIES[0]), encoding="utf-8")
    text = "प्रधानमंत्री नरेंद्र मोदी ने सोमवार को नई दिल्ली में रूस के राष्ट्रपति व्लादिमीर पुतिन से मुलाकात की।"
    line = {"url": "https://a.example/1", "text": text, "published_at": "2023-06-12", "source": "दैनिक"}
    (tmp_path / "dump.jsonl").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", RUN)
def test_commands_run(desk: Path, name: str) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MULAQAT_")}
    environment |= {"PYTHONPATH": str(REPOSITORY), "MULAQAT_SEEDS": str(desk / "seeds")}
    for block in read_blocks(REPOSITORY / name):
        if block.file:
            with (desk / block.file).open("a", encoding="utf-8") as file:
                file.write("\n" * block.file.endswith(".toml") + block.text)
        for words in read_commands(block.text) if block.language == "console" else ():
            if words[0] == "export":
                environment |= dict([words[1].split("=", 1)])
            elif is_run(words):
                assert words[0] == "mulaqat", f"{name}: {words} is neither run nor listed in NOT_RUN"
                run_mulaqat(words, desk, environment)


def run_mulaqat(words: list[str], folder: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "etl", *words[1:]]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_name_what_exists(document: Path) -> None:
    for block in read_blocks(document):
        for words in read_commands(block.text) if block.language == "console" else ():
            if words[0] == "mulaqat" or not is_run(words):
                check(words)
            else:
                assert words[0] == "export", f"{words} is neither checked nor listed in NOT_RUN"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_within_sentences_name_what_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for command in re.findall(r"`((?:make|mulaqat|python -m) [a-z.]{3}[^`]*)`", re.sub(r"\s+", " ", text)):
        check(shlex.split(command))


def test_queries_of_the_readme_have_answers(newsstand: Newsstand) -> None:
    blocks = [block.text for block in read_blocks(REPOSITORY / "README.md") if block.language == "sql"]
    with open_published(newsstand.published) as con:
        for query in con.extract_statements("\n".join(blocks)):
            rows = con.execute(query).fetchall()
            assert rows or "मोदी" in query.query or "modi" in query.query, query.query


def test_sql_of_the_worked_examples_runs(newsstand: Newsstand, tmp_path: Path) -> None:
    blocks = [block.text for block in read_blocks(REPOSITORY / "CONTRIBUTING.md") if block.language == "sql"]
    with open_working(Path(shutil.copy(newsstand.working, tmp_path))) as con:
        run_sql(con, "scope/whole.sql")
        for query in con.extract_statements("\n".join(blocks)):
            found = con.execute(query, dict.fromkeys(query.named_parameters)).fetchall()
            assert "SELECT" not in query.query or found == [], "a check finds bad rows in a sound warehouse"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        assert target.startswith("http") or (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_files_that_are_named_exist(document: Path) -> None:
    roots = "etl|dags|plugins|deploy|seeds|testkit|tests|training|benchmarks|docs|models"
    for path in re.findall(rf"`((?:{roots})/[\w./-]+)`", document.read_text(encoding="utf-8")):
        assert "NNNN" in path or path in WORKED_EXAMPLES or (REPOSITORY / path).exists(), path


def test_the_path_of_an_article_names_functions_that_exist() -> None:
    text = (REPOSITORY / "docs" / "reading_order.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| `([^`|]+\.py)` \| ([^|]+) \|", text, re.M)
    assert len(rows) > 20
    for path, functions in rows:
        code = (REPOSITORY / path).read_text(encoding="utf-8")
        for name in re.findall(r"`(\w+)`", functions):
            assert re.search(rf"def {name}\b", code), f"{path} has no {name}"


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    names = sorted(path.name for path in (REPOSITORY / "docs" / "decisions").glob("0*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    index = (REPOSITORY / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((0\d+[^)]*)\)", index) == names


def test_the_picture_is_drawn_from_the_present_imports() -> None:
    assert PICTURE.read_text(encoding="utf-8") == draw(), "the imports changed: run `make structure`"
