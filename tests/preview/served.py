"""``digest preview`` in a process of its own, and plain requests to it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.builders import Project

ROOT = Path(__file__).parent.parent.parent
NOW = "2026-11-22T07:30"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server said."""

    status: int
    #: By lower-case name.
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, kw_only=True)
class Served:
    """A preview that is running."""

    #: As it was printed; it may hold a token.
    url: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str = "/", form: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """A request as any program on the network may make it; ``_`` in a name is ``-``."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        body = None
        if form is not None:
            body = urlencode(form)
            told = {"Content-Type": "application/x-www-form-urlencoded"} | told
        connection.request("GET" if form is None else "POST", path, body, told)
        with connection.getresponse() as answer:
            found = {name.lower(): value for name, value in answer.getheaders()}
            said = Answer(status=answer.status, headers=found, body=answer.read())
        connection.close()
        return said

    def post(self, path: str, **form: str) -> Answer:
        """What our own page sends when a form of it is submitted."""
        return self.ask(path, form={"csrf": self.csrf(), **form}, Origin=self.home)

    def csrf(self) -> str:
        match = re.search(r'name="csrf" value="([^"]+)"', self.ask().text)
        assert match
        return match[1]


@contextmanager
def served(
    project: Project, *arguments: str, now: str = NOW, port: int | None = 0
) -> Iterator[Served]:
    """A preview of ``project`` on a free port; it is asked to stop at the end, and does."""
    command = [sys.executable, "-m", "digest", "preview", "--no-browser"]
    if port is not None:
        command += ["--port", str(port)]
    process = subprocess.Popen(
        [*command, "--now", now, *arguments],
        cwd=project.folder,
        env={**os.environ, "TZ": "UTC", "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    try:
        match = re.search(r"http://\S+", process.stdout.readline())
        assert match, process.stderr.read() if process.stderr else ""
        yield Served(url=match[0], process=process)
    finally:
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=20)
    assert complaints == ""
    assert process.returncode == 0
