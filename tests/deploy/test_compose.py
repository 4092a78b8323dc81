"""docker-compose.yaml is valid, and its containers run the same commands as the native processes."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.components import COMPONENTS, INITIAL_COMMANDS, SERVER_SECRETS, WORKER_SETTINGS, WORKERS
from deploy.distributed_airflow import make_environment, make_worker_environment
from deploy.local_airflow import REPOSITORY

COMPOSE = REPOSITORY / "docker-compose.yaml"
SERVERS = {"postgres", "redis"}
SECRETS = {
    "FERNET_KEY",
    "API_SECRET_KEY",
    "JWT_SECRET",
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
    "FLOWER_PASSWORD",
}


def read_services() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"])


def write_env(folder: Path, **changes: str) -> Path:
    """Write a .env file: .env.example with every value filled in."""
    lines = (REPOSITORY / ".env.example").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    filled = {name: value or f"own-{name.lower()}" for name, value in pairs.items()} | changes
    file = folder / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in filled.items()))
    return file


def run_compose(env_file: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    if not shutil.which("docker-compose"):
        pytest.skip("docker-compose is not installed: apt-get install docker-compose")
    command = ["docker-compose", "--file", COMPOSE, "--env-file", env_file, *arguments]
    bare = {"PATH": os.environ["PATH"], "HOME": str(env_file.parent)}
    return subprocess.run(command, env=bare, capture_output=True, text=True, check=False, timeout=60)


def test_compose_file_keeps_to_the_specification() -> None:
    command = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, COMPOSE], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_compose_understands_it_with_the_example_filled_in(tmp_path: Path) -> None:
    done = run_compose(write_env(tmp_path), "config")
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    assert set(services) == SERVERS | {"init", "flower"} | set(COMPONENTS) | set(WORKERS)
    environment = services["worker-nlp"]["environment"]
    assert environment["AIRFLOW__CELERY__BROKER_URL"] == "redis://:own-redis_password@redis:6379/0"
    for service in services.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_a_missing_secret_is_named_in_the_error(secret: str, tmp_path: Path) -> None:
    done = run_compose(write_env(tmp_path, **{secret: ""}), "config")
    assert done.returncode != 0
    assert secret in done.stderr
    assert "put it into .env" in done.stderr


def test_containers_run_what_the_native_processes_run() -> None:
    services = read_services()
    commands = {name: tuple(services[name]["command"]) for name in COMPONENTS | WORKERS}
    assert commands == COMPONENTS | WORKERS
    (initial,) = services["init"]["command"]
    assert initial.split(" && ") == [shlex.join(["airflow", *command]) for command in INITIAL_COMMANDS]
    assert set(services) - SERVERS - {"init", "flower"} == set(commands)


def test_containers_and_native_workers_have_the_same_settings() -> None:
    environment = read_services()["scheduler"]["environment"]
    wanted = {name: value for name, value in WORKER_SETTINGS.items() if name != "AIRFLOW__CORE__EXECUTOR"}
    assert {name: str(environment.get(name)) for name in wanted} == wanted


def test_every_airflow_service_says_how_it_is() -> None:
    services = read_services()
    assert [name for name in services if name != "init" and "healthcheck" not in services[name]] == []


def test_example_holds_no_secret_and_the_real_file_is_not_kept() -> None:
    lines = (REPOSITORY / ".env.example").read_text(encoding="utf-8").splitlines()
    assert {f"{name}=" for name in SECRETS} <= set(lines)
    for ignoring in (".gitignore", ".dockerignore"):
        assert ".env" in (REPOSITORY / ignoring).read_text().splitlines()


def test_dockerfile_passes_its_lint_and_is_not_run_as_root() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [hadolint, REPOSITORY / "Dockerfile"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout
    lines = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER 50000"]


def test_workers_get_no_secret_of_the_servers(tmp_path: Path) -> None:
    services = read_services()
    for name in (*WORKERS, "flower"):
        text = str(services[name]["environment"])
        assert not [secret for secret in SERVER_SECRETS if secret in text]
        for word in ("JWT_SECRET", "FERNET_KEY", "API_SECRET_KEY", "POSTGRES_PASSWORD", "postgresql"):
            assert word not in text
        assert not [volume for volume in services[name]["volumes"] if "passwords" in volume]
    native = make_environment(tmp_path, port=1, database="u:database-password@h/d", broker="redis://:p@h:1/0")
    worker = make_worker_environment(native)
    assert native.keys() >= SERVER_SECRETS
    assert not SERVER_SECRETS & worker.keys()
    secrets = [native[name] for name in SERVER_SECRETS] + ["database-password"]
    assert not [value for value in worker.values() if any(secret in value for secret in secrets)]


def test_only_the_api_server_has_the_passwords() -> None:
    services = read_services()
    holders = [name for name, service in services.items() if "passwords" in str(service.get("volumes"))]
    assert holders == ["api-server"]


@pytest.mark.parametrize(
    ("pattern", "file", "patched"),
    [
        (r"image: redis:(\d+)\.(\d+)\.(\d+)-bookworm", COMPOSE, (7, 2, 11)),
        (r"image: postgres:(\d+)\.(\d+)-bookworm", COMPOSE, (16, 15)),
        (r"FROM python:(\d+)\.(\d+)\.(\d+)-slim-bookworm", REPOSITORY / "Dockerfile", (3, 11, 16)),
    ],
)
def test_images_are_pinned_at_patched_versions(pattern: str, file: Path, patched: tuple[int, ...]) -> None:
    (version,) = re.findall(pattern, file.read_text(encoding="utf-8"))
    assert tuple(map(int, version)) >= patched
    assert tuple(map(int, version))[:1] == patched[:1]
