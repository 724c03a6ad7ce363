"""What is told while an issue goes out: a bar on a terminal, else a line a minute."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.cli.sending import Log
from tests.acceptance.posting import Post
from tests.acceptance.test_terminal import on_a_terminal
from tests.builders import Project
from tests.smtpserver import Manners, SmtpServer


def test_a_terminal_sees_a_bar(project: Project, root: Path) -> None:
    with SmtpServer(Manners(delay=0.1)) as server:
        Post(project, server).join()
        shown = on_a_terminal(project, root, "run")
    assert "sending" in shown
    assert "3/3" in shown


def minutes(*, as_json: bool, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Three minutes of sending, ten recipients every ten seconds, of a hundred and twenty."""
    now = 0.0
    log = Log(as_json=as_json, clock=lambda: now)
    for ten in range(10, 190, 10):
        log(20 + ten, 320)
        now += 10
    return capsys.readouterr().err.splitlines()


def test_a_pipe_sees_a_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    assert minutes(as_json=False, capsys=capsys) == [
        "sending: 90 of 320, 1.0 a second, 0:03:50 to go",
        "sending: 150 of 320, 1.0 a second, 0:02:50 to go",
    ]


def test_a_log_of_json_has_a_record_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = map(json.loads, minutes(as_json=True, capsys=capsys))
    assert first.pop("time") <= second.pop("time")
    assert first == {
        "event": "sending",
        "through": 90,
        "recipients": 320,
        "per_second": 1.0,
        "seconds_left": 230,
    }


def test_a_standstill_says_no_end(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    log = Log(as_json=False, clock=lambda: now)
    log(5, 10)
    now = 61
    log(5, 10)
    assert capsys.readouterr().err == "sending: 5 of 10, 0.0 a second\n"
