"""A throw-away PostgreSQL server for tests: made in a temporary folder, gone when the tests
end.

The server processes never run as root: when the tests do, they are started as the system's
`postgres` user. `python3 -m tests.support.postgres COMMAND...` runs a command with
UNKNOT_DATABASE_URL set to a fresh server.
"""

from __future__ import annotations

import atexit
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
)
_ROLE = "unknot"


class NoPostgres(RuntimeError):
    """Why no server can be started here; the words are fit for a skip reason."""


def programs() -> Path:
    """The folder with initdb and postgres; the newest when there are several."""
    on_path = shutil.which("postgres")
    if on_path and shutil.which("initdb"):
        return Path(on_path).resolve().parent
    found = [path for place in _PLACES for path in Path("/").glob(place.lstrip("/"))]
    whole = [path for path in found if (path / "initdb").exists() and (path / "postgres").exists()]
    if not whole:
        raise NoPostgres("PostgreSQL is not installed; apt-get install -y postgresql")
    return max(
        whole,
        key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))] or [0],
    )


@dataclass
class Server:
    """A running server. `url` names a database that exists and is empty; `new_database` makes
    another.
    """

    folder: Path
    port: int
    bin: Path
    process: subprocess.Popen[bytes]
    made: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.url_of("unknot")

    def url_of(self, database: str) -> str:
        return f"postgresql://{_ROLE}@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str) -> str:
        """Create an empty database and return its URL."""
        self.sql(f'CREATE DATABASE "{name}"')
        self.made.append(name)
        return self.url_of(name)

    def sql(self, statement: str, *, database: str = "postgres") -> str:
        """Run one statement as the owner and return what it prints."""
        command = [
            self.bin / "psql",
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            self.url_of(database),
        ]
        done = subprocess.run(
            [*command, "-c", statement], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def stop(self) -> None:
        """Stop the server at once and delete its folder. Safe to call twice."""
        if self.process.poll() is None:
            control = [
                str(self.bin / "pg_ctl"),
                "stop",
                "-m",
                "immediate",
                "-w",
                "-D",
                str(self.folder / "data"),
            ]
            subprocess.run([*_as_postgres(), *control], capture_output=True, check=False, cwd="/")
            self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


def start(*, fsync: bool = False) -> Server:
    """Start a fresh server on a free loopback port. Raises NoPostgres with the reason when it
    cannot.
    """
    binaries = programs()
    folder = Path(tempfile.mkdtemp(prefix="unknot-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        owner = _postgres_user()
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o700)
    _init(binaries, folder)
    port = _free_port()
    server = Server(folder, port, binaries, _launch(binaries, folder, port, fsync=fsync))
    atexit.register(server.stop)
    _wait_until_ready(server)
    server.new_database("unknot")
    return server


def _init(binaries: Path, folder: Path) -> None:
    command = [
        str(binaries / "initdb"),
        "-D",
        str(folder / "data"),
        "-U",
        _ROLE,
        "-A",
        "trust",
    ]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(
        [*_as_postgres(), *command],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoPostgres(f"initdb failed: {done.stderr.strip().splitlines()[-1:]}")


def _launch(binaries: Path, folder: Path, port: int, *, fsync: bool) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(folder),
        "fsync": "on" if fsync else "off",
        "max_connections": "120",
        "shared_buffers": "64MB",
        "timezone": "UTC",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = (folder / "log").open("wb")
    command = [
        str(binaries / "postgres"),
        "-D",
        str(folder / "data"),
        "-p",
        str(port),
        *options,
    ]
    return subprocess.Popen([*_as_postgres(), *command], stdout=log, stderr=log, cwd="/")


def _wait_until_ready(server: Server) -> None:
    """Return once the server answers; raise NoPostgres with its last line when it ends or 30 s
    go by.
    """
    ready = [
        str(server.bin / "pg_isready"),
        "-q",
        "-h",
        "127.0.0.1",
        "-p",
        str(server.port),
    ]
    until = time.monotonic() + 30
    while subprocess.run(ready, check=False).returncode:
        if server.process.poll() is not None or time.monotonic() > until:
            last = (server.folder / "log").read_text(errors="replace").strip().splitlines()[-1:]
            server.stop()
            raise NoPostgres(f"PostgreSQL did not start: {last}")
        time.sleep(0.05)


def _as_postgres() -> list[str]:
    if os.geteuid() != 0:
        return []
    _postgres_user()
    return ["runuser", "-u", "postgres", "--"]


def _postgres_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgres(
            "PostgreSQL refuses to run as root and there is no user called postgres"
        ) from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Run a command against a fresh server and return its exit code; 77 when there is no
    PostgreSQL.
    """
    try:
        server = start()
    except NoPostgres as reason:
        sys.stderr.write(f"skipped: {reason}\n")
        return 77
    try:
        return subprocess.run(
            command, env={**os.environ, "UNKNOT_DATABASE_URL": server.url}, check=False
        ).returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
