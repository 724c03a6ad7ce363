"""Settings: defaults, what is accepted, and what each mistake is told."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from digest.cli.commands import starter
from digest.config import (
    DkimTable,
    Settings,
    SmtpTable,
    default_file,
    load,
    parse,
    source_name,
)
from digest.config.tables import KINDS
from digest.errors import ConfigError


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings, base = load(None, folder=tmp_path)
    assert settings == Settings()
    assert base == tmp_path
    assert [source.folder for source in settings.sources] == ["seeds"]


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    file = tmp_path / "there" / "my.toml"
    file.write_text('[select]\nmax_age = "36 hours"\n')
    settings, base = load(file, folder=tmp_path)
    assert base == tmp_path / "there"
    assert settings.select.max_age == timedelta(hours=36)


def test_the_starter_holds_every_key_with_its_default() -> None:
    assert parse(starter()) == Settings()
    written = starter().replace("# ", "")
    settings = Settings()
    for table in (
        settings.newsletter,
        settings.sources[0],
        settings.select,
        settings.fetch,
        settings.edition,
        SmtpTable(host=""),
        DkimTable(selector="", key_file=""),
    ):
        for field in msgspec.structs.fields(table):
            assert field.encode_name in written


def test_the_starters_commented_keys_are_accepted_too() -> None:
    uncommented = "\n".join(
        re.sub(r"^# (?=\[|\w+ = |# )", "", line) for line in starter().splitlines()
    )
    settings = parse(uncommented)
    assert settings.newsletter.unsubscribe_by_mail == "mailto:leave@courier.example"
    assert {source.kind for source in settings.sources} == set(KINDS)
    assert tomllib.loads(uncommented)["select"]["quota"] == 5


@pytest.mark.parametrize(
    ("written", "length"),
    [("now", timedelta(0)), ("36 hours", timedelta(hours=36)), ("all", timedelta.max)],
)
def test_where_a_source_begins(written: str, length: timedelta) -> None:
    [source] = parse(f"[[sources]]\nfeed = 'a.xml'\nstart = '{written}'").sources
    assert source.start.days == length.days


def test_a_source_goes_by_its_name_or_its_place() -> None:
    toml = "[[sources]]\nfeed = 'https://post.example/feed'\n[[sources]]\nfolder = 'a'\nname = 'b'"
    settings = parse(toml)
    assert [source_name(s) for s in settings.sources] == ["https://post.example/feed", "b"]
    assert [(s.kind, s.place) for s in settings.sources][1] == ("folder", "a")


def test_local_zone_becomes_the_machines(root: Path) -> None:
    # In a process of its own: the zone of a machine is looked up once and then remembered.
    code = "from digest.config import *; print(newsletter(Settings()).timezone)"
    environment = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True
    )
    assert done.stdout == "Asia/Tokyo\n"


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[select]\nmax_storys = 3", ["select.max_storys", "Did you mean max_stories?"]),
        ("[[sources]]\nfoldr = 'x'", ["sources.[0].foldr", "Did you mean folder?"]),
        ("colour = 1", ["colour", "newsletter, sources, select, fetch, edition"]),
        ("[[sources]]\nname = 'x'", ["sources.[0]", "names no place", "folder, feed, page"]),
        ("[[sources]]\nfeed = 'a'\npage = 'b'", ["sources.[0]", "names feed and page"]),
        ("[[sources]]\nfolder = ' '", ["sources.[0].folder", "is empty"]),
        ("[[sources]]\npage = 'a.html'", ["sources.[0].page", "https: address."]),
        ("[[sources]]\nfeed = 'file:///etc/passwd'", ["sources.[0].feed", "or a file"]),
        ("[[sources]]\nfeed = 'a.xml'\nlinks = 'a'", ["sources.[0].links", "links of a page"]),
        ("[[sources]]\nfeed = 'a.xml'\nstart = 'then'", ["sources.[0].start", '"now"']),
        (
            "[[sources]]\nfolder = 'a'\n[[sources]]\nfeed = 'a.xml'\nfull_text = 'maybe'",
            ["sources.[1].full_text: 'maybe' is not accepted", 'here: "always", "auto", "never".'],
        ),
        (
            "[schedule]\nat = 'daily at 07:30'\ncatch_up = 'none'",
            ["schedule.catch_up: 'none' is not accepted", '"all", "latest", "skip"'],
        ),
        (
            "[[newsletters]]\n[newsletters.schedule]\nat = 'daily at 07:30'\ncatch_up = 'al'",
            ["newsletters.[0].schedule.catch_up", "(at line 4)", 'Did you mean "all"?'],
        ),
        ("[fetch]\nper_host = 0", ["fetch.per_host", "Write 1 or more"]),
        ("[select]\nmax_stories = '3'", ["select.max_stories", "expected `int`, got `str`"]),
        ("[select]\nmax_stories = 0", ["select.max_stories", "Write 1 or more"]),
        ("[select]\nmax_age = '7 dayz'", ["select.max_age", "7 dayz", '"7 days"']),
        ("[edition]\nbudget = 3", ["edition.budget", '"100 KB"']),
        ("[newsletter]\ntimezone = 'Europe/Berln'", ["timezone", "Did you mean Europe/Berlin?"]),
        ("[newsletter]\nlanguage = 'english!'", ["newsletter.language", "pt-BR"]),
        ("[newsletter]\nid = '../up'", ["newsletter.id", "lower-case"]),
        ("[newsletter]\ntheme = '../up'", ["newsletter.theme"]),
        ("[newsletter]\nfrom = 'nobody'", ["newsletter.from", "mailbox"]),
        ('[newsletter]\nfrom = "a@b.example\\nBcc: c@d.example"', ["newsletter.from"]),
        ("[newsletter]\nsubject = '{title.__class__}'", ["newsletter.subject", "{headline}"]),
        ("[newsletter]\nsubject = '{'", ["newsletter.subject"]),
        ("[newsletter]\nview = 'javascript:alert(1)'", ["newsletter.view", "https:"]),
        ("[[sources]]\nfolder='a'\n[[sources]]\nfolder='a'", ["two of them are named 'a'"]),
        ("[newsletter]\nfrom = 'Jörg ‹jörg@example.de>'", ["newsletter.from"]),
        ("[newsletter]\nfrom = 'A <a@ex..de>'", ["newsletter.from"]),
        (f"[newsletter]\nfrom = 'A <a@{'x' * 64}.de>'", ["newsletter.from"]),
        ("[newsletter]\nfrom = 'A <jörg@example.de>'", ["newsletter.from"]),
        ("[newsletter]\ntitle = '  '", ["newsletter.title", "is empty"]),
        ("sources = []", ["sources", "Name at least one"]),
        ("[edition]\nbudget = '0 B'", ["edition.budget", "15 KB"]),
        ("a b", ["is not valid TOML", "line 1"]),
        ("a = " + "[" * 5_000, ["is not valid TOML: it is nested too deep"]),
        ("a = " + "1" * 5_000, ["is not valid TOML", "digits"]),
    ],
)
def test_each_mistake_names_file_key_and_what_is_accepted(toml: str, said: list[str]) -> None:
    with pytest.raises(ConfigError) as error:
        parse(toml, name="my.toml")
    assert str(error.value).startswith("my.toml")
    for words in said:
        assert words in str(error.value)


@pytest.mark.parametrize(
    "sender",
    ["post@bücher.example", "Bücher <post@bücher.example>", '"Post, daily" <a.b+c@d.example>'],
)
def test_a_sender_that_a_message_can_carry(sender: str) -> None:
    assert parse(f"[newsletter]\nfrom = '{sender}'").newsletter.sender == sender


def test_a_file_that_is_gone_is_told_as_gone(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"my\.toml: there is no such file"):
        load(tmp_path / "my.toml", folder=tmp_path)


def test_the_file_that_is_taken_where_none_is_named(tmp_path: Path) -> None:
    assert default_file(tmp_path) is None
    file = tmp_path / "digest.toml"
    file.touch()
    assert default_file(tmp_path) == file


@pytest.mark.parametrize(
    ("quiet", "texts"),
    [
        ('"22:00-06:00"', ("22:00-06:00",)),
        ('["22:00-06:00", "12:00-13:00"]', ("22:00-06:00", "12:00-13:00")),
        ("[]", ()),
    ],
)
def test_quiet_hours_may_stand_alone(quiet: str, texts: tuple[str, ...]) -> None:
    table = parse(f'[schedule]\nat = "daily at 07:30"\nquiet = {quiet}').schedule
    assert table
    assert table.quiet_texts == texts


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("07:00-07:00", "'07:00-07:00' ends when it begins, so it would never hold"),
        ("00:00-0:00", "ends when it begins"),
        ("00:00-24:00", "names no hours"),
        ("22-6", "'22-6' names no hours"),
        ("", "'' names no hours"),
    ],
)
def test_quiet_hours_that_are_none(hours: str, said: str) -> None:
    for quiet in (f'"{hours}"', f'["{hours}"]'):
        with pytest.raises(ConfigError) as error:
            parse(f'[schedule]\nat = "daily at 07:30"\nquiet = {quiet}')
        assert said in str(error.value)
        assert '(at line 3). Write hours like "22:00-06:00".' in str(error.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00["], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "my.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"my\.toml"):
        load(file, folder=tmp_path)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("host = 'two words'", "smtp.host: 'two words' is not a host"),
        ("port = 0", "smtp.port: 0 is not a port"),
        (
            "security = 'ssl'",
            "smtp.security: 'ssl' is not accepted (at line 3). Did you mean \"tls",
        ),
        ("auth = 'oauth'", 'Accepted here: "auto", "login", "plain", "xoauth2".'),
        ("username = 'news'", "smtp.username: has no password"),
        ("password_env = 'P'", "smtp.password_env: is of no use without a username"),
        (
            "username = 'news'\npassword_env = 'P'\npassword_file = 'p'",
            "smtp.password_file: there is password_env already",
        ),
        ("connections = 0", "smtp.connections: 0 is not a fair number"),
        ("per_second = -1.0", "smtp.per_second: is negative"),
        ("per_hour = 0", "smtp.per_hour: is too small"),
        ("retries = []", "smtp.retries: has no pause"),
        ("password = 'x'", "smtp.password: is not a known key (at line 3). Did you mean pass"),
    ],
    ids=lambda value: value.partition(" ")[0] if " = " in value else "",
)
def test_mistakes_in_smtp_are_named(toml: str, told: str) -> None:
    host = "" if toml.startswith("host") else "host = 'localhost'\n"
    with pytest.raises(ConfigError) as error:
        parse(f"[smtp]\n{host}{toml}")
    assert told in str(error.value)
