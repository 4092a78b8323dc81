"""Start real servers for tests, on a free port of loopback, and stop them at the end."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

START_SECONDS = 60.0


@dataclass(frozen=True)
class PostgresServer:
    """Address of a PostgreSQL server, and its superuser."""

    port: int
    user: str = "mulaqat"
    password: str = "test-password"
    host: str = "127.0.0.1"

    def dsn(self, database: str = "postgres") -> str:
        """Return the DSN of a database."""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{database}"

    @property
    def environ(self) -> dict[str, str]:
        """This process' environment with the variables by which libpq's clients reach the server."""
        return os.environ | {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }

    def create_database(self, name: str) -> str:
        """Create an empty database and return its DSN."""
        subprocess.run([_postgres("createdb"), name], env=self.environ, check=True, timeout=START_SECONDS)
        return self.dsn(name)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start PostgreSQL in a temporary folder; skip the test if it is not installed."""
    initdb, postgres, is_ready = map(_postgres, ("initdb", "postgres", "pg_isready"))
    server = PostgresServer(free_port())
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    owner = "postgres" if os.geteuid() == 0 else None  # PostgreSQL does not run as root
    group = owner
    try:
        password_file = folder / "password"
        password_file.write_text(server.password)
        if owner:
            shutil.chown(folder, owner, group)
            shutil.chown(password_file, owner, group)
        command = [initdb, "-D", str(folder / "data"), "-U", server.user, "-E", "UTF8", "--locale=C.UTF-8"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--no-sync", "--no-instructions"]
        subprocess.run(
            command,
            cwd=folder,
            user=owner,
            group=group,
            check=True,
            capture_output=True,
            timeout=START_SECONDS,
        )
        command = [postgres, "-D", str(folder / "data"), "-p", str(server.port), "-k", str(folder)]
        command += ["-c", f"listen_addresses={server.host}", "-c", "fsync=off", "-c", "max_connections=200"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=folder, user=owner, group=group, stdout=log, stderr=log)
        try:
            wait_until(
                lambda: subprocess.call([is_ready, "-q"], env=server.environ) == 0, process, folder / "log"
            )
            yield server
        finally:
            stop(process, signal.SIGINT)  # fast shutdown: disconnects clients
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return an unused port of loopback."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(is_up: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for a server to accept connections; fail with its log if it exits or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not is_up():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def stop(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """Stop a server; kill it if it has not ended within 20 seconds."""
    process.send_signal(how)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _postgres(program: str) -> str:
    """Return the path of a PostgreSQL program; Debian installs most of them outside PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(program, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))
    if not found:
        pytest.skip(f"{program} is not installed: apt-get install postgresql")
    return found


@contextmanager
def redis_server() -> Iterator[str]:
    """Start Redis without persistence and yield its URL; skip the test if it is not installed."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    port, password = free_port(), "test-password"
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        config = Path(folder) / "redis.conf"
        config.write_text(f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\ndir {folder}\n')
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen([program, config], stdout=log, stderr=log)
        try:
            wait_until(lambda: _answers(port), process, Path(folder) / "log")
            yield f"redis://:{password}@127.0.0.1:{port}/0"
        finally:
            stop(process)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
