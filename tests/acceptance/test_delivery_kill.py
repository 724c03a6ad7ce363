"""A long delivery, asked to stop, killed, and taken up again by ``digest send --resume``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.acceptance.posting import Post
from tests.builders import Project
from tests.smtpserver import Manners, SmtpServer

RECIPIENTS, CONNECTIONS = 5_000, 4
SMTP = f"per_second = 0\nconnections = {CONNECTIONS}\n"
SMTP += 'retries = ["1 second"]\npatience = "10 seconds"\n'


def test_stopped_killed_and_resumed_in_the_middle_of_5000(project: Project, root: Path) -> None:
    readers = tuple(f"reader{number}@elsby.example" for number in range(RECIPIENTS))
    with SmtpServer(Manners()) as server:
        post = Post(project, server, smtp=SMTP, readers=("email", *readers))
        post.join()

        with _running(project, root, server, "run", until=1_000) as run:
            run.send_signal(signal.SIGTERM)
            _, told = run.communicate(timeout=60)
        assert run.returncode == 1
        assert "stopped when asked to" in told
        assert "`digest send --resume` goes on with it" in told
        stopped = post.status()
        through = len(server.accepted)
        assert stopped["recipients"] == {"remaining": RECIPIENTS - through, "sent": through}
        assert stopped["doubted"] == []

        with _running(project, root, server, "send", "--resume", until=through + 1_000) as resumed:
            resumed.kill()
        killed = post.status()
        doubted = {row["address"] for row in killed["doubted"]}
        assert len(doubted) <= CONNECTIONS
        assert killed["recipients"].get("uncertain", 0) == len(doubted)
        assert sum(killed["recipients"].values()) == RECIPIENTS

        last = project.digest("send", "--resume")
        assert last.returncode == 0, last.stderr
        got = Counter(server.recipients)
        assert set(got) == set(readers)
        assert {address for address, times in got.items() if times > 1} <= doubted
        assert post.status()["recipients"] == {"sent": RECIPIENTS}
        _same_bytes(server)
        assert server.breaches == []


def _same_bytes(server: SmtpServer) -> None:
    """Whoever got two got the same one twice."""
    first: dict[str, bytes] = {}
    for message in server.accepted:
        assert first.setdefault(message.recipient, message.data) == message.data


@contextmanager
def _running(
    project: Project, root: Path, server: SmtpServer, *arguments: str, until: int
) -> Iterator[subprocess.Popen[str]]:
    """``digest`` at work, once the server has so many messages."""
    with subprocess.Popen(
        [sys.executable, "-m", "digest", *arguments],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(root), "TZ": "UTC"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        while len(server.accepted) < until and process.poll() is None:
            time.sleep(0.005)
        yield process
