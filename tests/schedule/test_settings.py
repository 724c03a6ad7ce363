"""``[schedule]``, ``[alerts]`` and ``[[newsletters]]``: what is accepted, and each mistake."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from digest.cli.commands import starter
from digest.config import each, one_of, parse
from digest.config.lines import line_of
from digest.config.schedule import AlertsTable, ScheduleTable
from digest.errors import ConfigError

SMTP = "[smtp]\nhost = 'localhost'\nsecurity = 'none'\n"


def test_a_schedule_and_its_rules() -> None:
    table = parse(
        """
        [schedule]
        at = ["weekdays at 07:30", "30 9 * * sat"]
        catch_up = "all"
        stale = "2 hours"
        min_stories = 3
        max_wait = "3 days"
        only_if_new = true
        quiet = ["22:00-06:00", "12:00-13:00"]
        gather = "30 minutes"
        """
    ).schedule
    assert table
    assert table.gather == timedelta(minutes=30)
    assert table.texts == ("weekdays at 07:30", "30 9 * * sat")
    assert (table.catch_up, table.stale) == ("all", timedelta(hours=2))
    assert (table.min_stories, table.max_wait) == (3, timedelta(days=3))


def test_one_time_may_stand_alone() -> None:
    table = parse('[schedule]\nat = "daily at 7:00"').schedule
    assert table
    assert (table.texts, table.catch_up) == (("daily at 7:00",), "latest")
    assert table.gather == timedelta(hours=1)


def test_quiet_hours_may_hold_all_slots_but_one() -> None:
    table = parse(
        "[schedule]\nat = 'every 6 hours'\nquiet = ['22:00-12:00', '12:01-19:00']"
    ).schedule
    assert table


def test_the_defaults_are_those_that_the_starter_shows() -> None:
    shown = starter().partition("# [schedule]")[2].partition("# [alerts]")[0]
    plain = "\n".join(line.removeprefix("# ") for line in shown.splitlines())
    table = parse(f"[schedule]{plain}").schedule
    assert table
    assert table == ScheduleTable(at=table.at, quiet=table.quiet)


def test_gathering_can_be_off() -> None:
    table = parse('[schedule]\nat = "daily at 7:00"\ngather = "off"').schedule
    assert table
    assert not table.gather


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[schedule]", ["schedule: needs the key at (at line 1)"]),
        ("[schedule]\nat = 'noon'", ["schedule.at", "(at line 2)"]),
        ("[schedule]\nat = []", ["schedule.at", "is empty"]),
        ("[schedule]\nat = 'daily at 7:00'\nquiet = ['22-6']", ["schedule.quiet", "22:00-06:00"]),
        ("[schedule]\nat = 'daily at 7:00'\nmin_stories = 0", ["min_stories", "Write 1 or more"]),
        ("[schedule]\nat = 'daily at 7:00'\ncatch_up = 'none'", ["schedule.catch_up"]),
        ("[schedule]\nat = 'daily at 7:00'\nstale = '0 seconds'", ["schedule.stale", "5 minutes"]),
        ("[schedule]\nat = 'daily at 7:00'\nstale = '4 minutes'", ["stale", "so short"]),
        (
            "[schedule]\nat = 'every 6 hours'\nquiet = ['22:00-12:00', '12:00-19:00']",
            ["schedule.quiet: holds every slot", "(at line 3)"],
        ),
        ("[schedule]\nat = 'daily at 7:00'\ngather = 'never'", ["schedule.gather", '"off"']),
        ("[schedule]\nat = 'daily at 7:00'\ngather = '9 seconds'", ["gather", "too often"]),
        (f"{SMTP}[schedule]\nat = 'daily at 7:00'\nstale = '1 day'", ["schedule.stale", "expiry"]),
        ("[alerts]\nto = 'ops@post.example'", ["alerts.to", "needs a server"]),
        (f"{SMTP}[alerts]\nto = 'ops'", ["alerts.to", "is not a mailbox"]),
        ("[[newsletters]]\nid = 'a'\n[[newsletters]]\nid = 'a'", ["two of them have the id 'a'"]),
        ("[[newsletters]]\nsources = ['x']", ["newsletters.[0].sources", "Named here: seeds"]),
        ("[[newsletters]]\ntitle = ''", ["newsletters.[0].title", "(at line 2)"]),
        ("[newsletter]\ntitle = 'T'\n[[newsletters]]", ["newsletter: stands beside"]),
        (
            "[[newsletters]]\n[[newsletters]]\nid = 'b'\n[newsletters.schedule]\nat = 'x'",
            ["newsletters.[1].schedule.at", "(at line 5)"],
        ),
        ("[[newsletters]]\n[newsletters.select]\nmax_stories = 0", ["newsletters.[0].select"]),
    ],
)
def test_each_mistake_names_the_key_and_its_line(toml: str, said: list[str]) -> None:
    with pytest.raises(ConfigError) as error:
        parse(toml)
    for words in said:
        assert words in str(error.value)


def test_each_newsletter_has_the_common_settings_and_its_own() -> None:
    settings = parse(
        """
        [[newsletters]]
        id = "a"
        sources = ["wire"]
        schedule = { at = "daily at 9:00" }
        edition = { budget = "50 KB" }
        [[newsletters]]
        id = "b"
        select = { max_stories = 3 }
        [[sources]]
        folder = "wire"
        [[sources]]
        folder = "blog"
        [schedule]
        at = "weekdays at 07:30"
        """
    )
    a, b = each(settings)
    assert [source.place for source in a.sources] == ["wire"]
    assert [source.place for source in b.sources] == ["wire", "blog"]
    assert a.schedule
    assert b.schedule
    assert (a.schedule.texts, b.schedule.texts) == (("daily at 9:00",), ("weekdays at 07:30",))
    assert (a.edition.budget, b.edition.budget) == (50_000, 100_000)
    assert (a.select.max_stories, b.select.max_stories) == (20, 3)
    assert one_of(settings, "b") == b
    for wrong in (None, "c"):
        with pytest.raises(ConfigError, match=r"Name one of: a, b\."):
            one_of(settings, wrong)


def test_the_starter_names_every_key() -> None:
    for table in (ScheduleTable, AlertsTable):
        for key in msgspec.structs.fields(table):
            assert f"# {key.encode_name} = " in starter()
    assert "[[newsletters]]" in starter()


def test_a_single_newsletter_needs_no_name() -> None:
    settings = parse("")
    assert one_of(settings, None) == one_of(settings, "digest") == settings


TOML = """\
top = 1
[a] # a comment
b = 2
text = '''
c = 3
'''
[[list]]
x.y = 1
[list.inner]
z = 1
[[list]]
x.y = 2
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("top", 1),
        ("a", 2),
        ("a.b", 3),
        ("a.c", 2),
        ("list.[0].x.y", 8),
        ("list.[0].inner.z", 10),
        ("list.[1].x.y", 12),
        ("list.[1].none", 11),
        ("nowhere", 0),
    ],
)
def test_where_a_key_stands(key: str, line: int) -> None:
    assert line_of(TOML, key) == line
