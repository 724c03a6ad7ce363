"""Looks that take long: nobody waits for a theme without an end, nor for a slow web."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection
from threading import Event

import pytest

from digest.preview import making
from digest.preview.desk import Desk, Stand
from digest.preview.lazy import cached_property
from digest.preview.live import watch
from digest.preview.making import Making
from digest.wiring.look import Look, Looks
from tests.builders import Project
from tests.preview.conftest import TEMPLATE, article
from tests.preview.inside import Inside
from tests.preview.served import ROOT, served
from tests.webserver import Reply, WebServer

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
ENDLESS = "{% for a in range(9999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}"
SOURCES = '[[sources]]\nfolder = "seeds"\n[[sources]]\nfeed = "{url}"\nprivate = true\n'

# Its end may come while the test tools' own hook of the garbage collector is at work.
ENDED = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def desk(project: Project, *, patience: float = 20) -> Desk:
    return Desk(Looks(None, folder=project.folder), now=lambda: NOW, patience=patience)


def printed(stand: Stand) -> int:
    """How many stories would go out."""
    assert stand.look
    return sum(len(mailed.issue.stories) for mailed in stand.look.mailed)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_settled(desk: Desk) -> bool:
    stand = desk.stand()
    return not stand.fault and not stand.waits


def looking() -> int:
    """How many looks are in the making."""
    return sum(thread.name == "look" for thread in threading.enumerate())


@ENDED
def test_a_theme_without_an_end_is_told_and_the_mended_one_shown(themed: Project) -> None:
    file = themed.folder / TEMPLATE
    good = file.read_text("utf-8")
    shown = desk(themed, patience=0.5)
    until(partial(is_settled, shown))
    file.write_text(good.replace("<mj-body", f"{ENDLESS}<mj-body"), "utf-8")
    for _ in range(2):  # it is saved again before it is mended
        shown.changed()
        until(lambda: shown.stand().fault is not None)
        stuck = shown.stand()
        assert stuck.fault
        line = good[: good.index("<mj-body")].count("\n") + 1
        assert stuck.fault.where == f"{file}:{line}:1"
        assert stuck.fault.why == "the theme takes longer than 0.5 seconds"
        assert printed(stuck) == 2  # of the last good one
    file.write_text(good, "utf-8")
    shown.changed()
    until(partial(is_settled, shown))
    until(lambda: looking() == 0)  # the endless ones were ended


@ENDED
def test_a_theme_that_nobody_mends_is_ended(
    themed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_LONGEST", 1.0)
    file = themed.folder / TEMPLATE
    file.write_text(file.read_text("utf-8").replace("<mj-body", f"{ENDLESS}<mj-body"), "utf-8")
    shown = desk(themed, patience=0.5)
    until(lambda: shown.stand().fault is not None and looking() == 0)
    fault = shown.stand().fault
    assert fault
    assert fault.why == "the theme takes longer than 0.5 seconds"


def test_what_is_no_theme_is_waited_for_and_then_told(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    looks, may_go, told = Looks(None, folder=project.folder), Event(), Event()

    def slow(*, web: bool) -> Look:
        may_go.wait(20)
        return looks.look(NOW, web=web)

    late = Making(slow, patience=0.05, told=told.set)
    late.wait()
    assert (late.look, late.hold_up, late.waits) == (None, None, "Reading what is new")
    may_go.set()
    assert told.wait(20)
    assert (late.is_done, late.waits) == (True, "")
    assert late.look


def test_a_look_that_is_out_of_date_reads_to_its_end_first(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    looks, may_go = Looks(None, folder=project.folder), Event()
    begun: list[int] = []

    def numbered(number: int, *, web: bool) -> Look:
        begun.append(number)
        may_go.wait(20)
        return looks.look(NOW, web=web)

    makings: list[Making] = [Making(partial(numbered, 1), patience=20, told=lambda: None)]
    for number in (2, 3):
        makings[-1].leave()
        last = Making(
            partial(numbered, number), patience=20, told=lambda: None, earlier=makings[-1]
        )
        makings.append(last)
    assert begun == [1]
    may_go.set()
    makings[-1].wait()
    assert begun == [1, 3]
    assert makings[-1].look


def test_who_saw_the_end_is_not_told_of_it(project: Project) -> None:
    told = Event()
    seen = Making(partial(Looks(None, folder=project.folder).look, NOW), patience=20, told=told.set)
    seen.wait()
    assert seen.is_done
    assert not told.wait(0.05)


def feed(number: int, *, delay: float) -> Reply:
    """A feed with one whole article, after so many seconds."""
    title, _, words = article(number).partition("\n\n")
    entry = f"<item><title>{title}</title><description>{words}</description></item>"
    text = f"<rss version='2.0'><channel><title>Post</title>{entry}</channel></rss>"
    return Reply(text.encode(), media_type="application/rss+xml", delay=delay)


def test_a_slow_web_is_not_waited_for(project: Project) -> None:
    with WebServer() as web:
        web["/feed"] = feed(2, delay=1)
        project.write("digest.toml", SOURCES.format(url=web.url("/feed")))
        project.write("seeds/1.txt", article(1))
        preview = Inside(project, NOW)
        shown = preview.desk
        assert "Asking the web: what it gives is not here yet" in preview.note()
        assert printed(shown.stand()) == 1
        until(lambda: shown.version == 2)  # the page that was shown is out of date
        assert is_settled(shown)
        assert printed(shown.stand()) == 2
        shown.looks.ask_anew()
        preview.again()
        asked = shown.stand()
        assert asked.waits.startswith("Asking the web")
        assert printed(asked) == 2  # what it said last is there until it answers
        until(partial(is_settled, shown))
        assert len(web.asked("/feed")) == 2


def test_a_quick_web_is_there_at_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "GRACE", 20)
    with WebServer() as web:
        web["/feed"] = feed(2, delay=0)
        project.write("digest.toml", SOURCES.format(url=web.url("/feed")))
        project.write("seeds/1.txt", article(1))
        shown = desk(project)
        shown.stand()  # reads what it needs to read
        shown.looks.ask_anew()
        shown.changed()
        assert is_settled(shown)
        assert printed(shown.stand()) == 2


def test_nothing_keeps_it_from_ending(themed: Project) -> None:
    file = themed.folder / TEMPLATE
    with WebServer() as web:
        web["/feed"] = Reply(silent=True)
        themed.write("digest.toml", SOURCES.format(url=web.url("/feed")))
        with served(themed) as preview:  # which sees to it that it ends
            assert "Asking the web" in preview.ask("/").text
            file.write_text(ENDLESS + file.read_text("utf-8"), "utf-8")
            line = HTTPConnection("127.0.0.1", preview.port, timeout=20)
            line.request("GET", "/")
            time.sleep(0.5)
        line.close()


class Broken(Looks):
    """With a mistake in it."""

    def look(self, now: datetime, **_: object) -> Look:
        raise ZeroDivisionError(now)


def test_a_mistake_of_ours_is_told_to_both(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    preview = Inside(project, NOW, kind=Broken)
    for _ in range(2):
        answer = preview.ask("/")
        assert answer.status == 500
        assert "a mistake of digest, not of yours" in answer.text
        assert answer.headers["cache-control"] == "no-store"
    assert caplog.text.count("A mistake of digest") == 1
    assert "ZeroDivisionError" in caplog.text


def test_a_slow_screen_keeps_no_other_waiting() -> None:
    may_go, begun = Event(), Event()

    class Slow:
        def __init__(self, *, waits: bool) -> None:
            self.waits = waits

        @cached_property
        def value(self) -> int:
            if self.waits:
                begun.set()
                may_go.wait(20)
            return 1

    slow = Slow(waits=True)
    thread = threading.Thread(target=lambda: slow.value)
    thread.start()
    assert begun.wait(20)
    assert Slow(waits=False).value == 1
    assert not may_go.is_set()
    may_go.set()
    thread.join()
    assert vars(slow) == {"waits": True, "value": 1}


# --- what is watched ---


async def noticed(desk: Desk, change: Callable[[], object]) -> bool:
    """Whether a change is told; returns once nothing more is."""
    seen = version = desk.version
    change()
    with suppress(TimeoutError):
        await asyncio.wait_for(anything(desk, version), 5)
    while seen != desk.version:
        seen = desk.version
        await asyncio.sleep(0.15)
    return desk.version > version


async def anything(desk: Desk, version: int) -> None:
    while desk.version == version:
        await asyncio.sleep(0.01)


def test_what_appears_later_is_watched_too(project: Project) -> None:
    folder = project.folder
    project.write("digest.toml", '[[sources]]\nfolder = "wires/2026/news"\n')
    shutil.copytree(ROOT / "templates/classic", folder / "elsewhere/mine")
    changes: list[Callable[[], object]] = [
        lambda: (folder / "elsewhere").rename(folder / "templates"),
        lambda: project.write("templates/mine/issue.txt.j2", "Other words"),
        lambda: shutil.copytree(ROOT / "templates/classic", folder / "templates/other"),
        lambda: project.write("templates/other/issue.txt.j2", "Other words"),
        lambda: (folder / "templates").rename(folder / "elsewhere"),
        lambda: project.write("wires/2026/news/1.txt", article(1)),
        lambda: project.write("wires/2026/news/2.txt", article(2)),
        lambda: (folder / "wires").rename(folder / "old"),
        lambda: project.write("wires/2026/news/3.txt", article(3)),
        lambda: project.write("wires/2026/news/4.txt", article(4)),
    ]

    async def all_noticed() -> list[bool]:
        shown = desk(project)
        watching = asyncio.create_task(watch(shown))
        await asyncio.sleep(0.3)
        found = [await noticed(shown, change) for change in changes]
        before = shown.version
        project.write("other/1.txt", "Not a source")
        await asyncio.sleep(0.5)
        found.append(shown.version > before)
        shown.close()
        await watching
        return found

    assert asyncio.run(all_noticed()) == [True] * len(changes) + [False]


def test_a_pipe_in_the_outbox_is_no_issue(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    preview = Inside(project, NOW)
    issue = f"{preview.desk.looks.project().newsletter.id}/2026-11-20T070000Z"
    for name in ("message.txt", "message.eml"):
        project.write(f"outbox/{issue}/{name}", "Subject: Old words\r\n\r\nOld")
    os.mkfifo(project.folder / f"outbox/{issue}/index.html")
    assert "Old words" not in preview.ask("/").text
    assert "There is no such issue here" in preview.ask(f"/?issue={issue}").text
