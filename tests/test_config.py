"""Settings: defaults, what is accepted, and what each mistake is told."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from digest.cli.commands import starter
from digest.config import Settings, load, newsletter, parse
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
    for table in (settings.newsletter, settings.sources[0], settings.select, settings.edition):
        for field in msgspec.structs.fields(table):
            assert field.encode_name in written


def test_the_starters_commented_keys_are_accepted_too() -> None:
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line else line for line in starter().splitlines()
    )
    assert parse(uncommented).newsletter.unsubscribe == "mailto:leave@courier.example"
    assert tomllib.loads(uncommented)["select"]["quota"] == 5


def test_local_zone_becomes_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert newsletter(Settings()).timezone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[select]\nmax_storys = 3", ["select.max_storys", "Did you mean max_stories?"]),
        ("[[sources]]\nfoldr = 'x'", ["sources.[0].foldr", "Did you mean folder?"]),
        ("colour = 1", ["colour", "newsletter, sources, select, edition, folders"]),
        ("[[sources]]\nname = 'x'", ["sources.[0]", "needs the key folder"]),
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
        ("sources = []", ["sources", "at least one folder"]),
        ("[edition]\nbudget = '0 B'", ["edition.budget", "15 KB"]),
        ("a b", ["is not valid TOML", "line 1"]),
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


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00["], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "my.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"my\.toml"):
        load(file, folder=tmp_path)
