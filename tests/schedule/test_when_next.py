"""``digest next``: the coming slots with their offsets, and the clock changes among them."""

from __future__ import annotations

import json

import pytest

from tests.builders import Project

TWO = """
[[newsletters]]
id = "morning"
title = "The Elsby Morning"
timezone = "Europe/Berlin"
schedule = { at = ["weekdays at 07:30", "sundays at 02:30"] }

[[newsletters]]
id = "week"
title = "The Quenby Week"
timezone = "America/Los_Angeles"
schedule = { at = "0 0 * * mon" }
"""


def test_slots_and_clock_changes_in_the_zone_of_each_newsletter(project: Project) -> None:
    project.write("digest.toml", TWO)
    done = project.digest("next", "-n", "3", "--now", "2027-03-26T06:00+00:00")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "The Elsby Morning (morning)",
        "  weekdays at 07:30; sundays at 02:30, in Europe/Berlin",
        "  Fri 2027-03-26 07:30 +01:00",
        "  Sun 2027-03-28, clocks go forward: 02:00 becomes 03:00",
        "  Sun 2027-03-28 03:00 +02:00",
        "  Mon 2027-03-29 07:30 +02:00",
        "The Quenby Week (week)",
        "  0 0 * * mon, in America/Los_Angeles",
        "  Mon 2027-03-29 00:00 -07:00",
        "  Mon 2027-04-05 00:00 -07:00",
        "  Mon 2027-04-12 00:00 -07:00",
    ]


def test_across_the_next_two_changes_as_json(project: Project) -> None:
    project.write(
        "digest.toml", '[newsletter]\ntimezone = "Europe/Berlin"\n[schedule]\nat = "daily at 02:30"'
    )
    done = project.digest("next", "-n", "200", "--json", "--now", "2026-10-20T12:00")
    assert done.returncode == 0, done.stderr
    [found] = json.loads(done.stdout)
    assert found["clock_changes"] == [
        {"at": "2026-10-25T02:00:00+01:00", "seconds": -3600},
        {"at": "2027-03-28T03:00:00+02:00", "seconds": 3600},
    ]
    assert len({slot[:10] for slot in found["slots"]}) == len(found["slots"]) == 200
    assert "2026-10-25T02:30:00+02:00" in found["slots"]
    assert "2027-03-28T03:00:00+02:00" in found["slots"]


def test_clocks_that_go_back_and_a_newsletter_without_a_schedule(project: Project) -> None:
    project.write(
        "digest.toml",
        TWO + '[[newsletters]]\nid = "plain"\ntitle = "The Plain"\ntimezone = "UTC"\n',
    )
    done = project.digest("next", "-n", "1", "--now", "2026-10-24T12:00+02:00")
    assert "  Sun 2026-10-25 02:30 +02:00\n" in done.stdout
    assert "clocks" not in done.stdout  # the hour is repeated after the slot
    assert done.stdout.splitlines()[-2:] == [
        "The Plain (plain)",
        '  has no schedule; [schedule] with at = "weekdays at 07:30" gives it one',
    ]
    done = project.digest("next", "-n", "2", "--now", "2026-10-24T12:00+02:00")
    assert "  Sun 2026-10-25, clocks go back: 03:00 becomes 02:00\n" in done.stdout


def test_slots_that_make_no_issue_are_marked(project: Project) -> None:
    zone = '[newsletter]\ntimezone = "Europe/Berlin"\n'
    at = 'at = ["daily at 07:30", "daily at 23:00"]'
    project.write("digest.toml", f'{zone}[schedule]\n{at}\nquiet = "22:00-06:00"\n')
    next_two = ("next", "-n", "2", "--now", "2026-11-22T06:00+00:00")
    quiet = "Sun 2026-11-22 23:00 +01:00  no issue: in the quiet hours 22:00-06:00"
    assert project.digest(*next_two).stdout.splitlines()[2:] == [
        "  Sun 2026-11-22 07:30 +01:00",
        f"  {quiet}",
    ]
    assert not (project.folder / ".digest").exists()
    [found] = json.loads(project.digest(*next_two, "--json").stdout)
    assert found["without_issue"] == {"2026-11-22T23:00:00+01:00": "in the quiet hours 22:00-06:00"}
    project.digest("pause")
    lines = project.digest("next", "-n", "1").stdout.splitlines()
    assert "no issue: paused since " in lines[2]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("wekdays at 07:30", 'Did you mean "weekdays at 07:30"?'),
        ("30 7 * *", "has 4 fields, and cron has 5"),
    ],
)
def test_a_wrong_schedule_names_file_key_and_what_is_meant(
    project: Project, written: str, said: str
) -> None:
    project.write("digest.toml", f'[schedule]\nat = "{written}"\n')
    done = project.digest("next")
    assert done.returncode == 2
    assert "digest.toml: schedule.at: " in done.stderr
    assert said in done.stderr
