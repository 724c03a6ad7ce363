"""The commands for sources, without a network: names, charts, lists, OPML, files and folders."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from digest.cli import health, opml
from digest.cli.commands import cli
from digest.cli.following import Following, unused, web_address
from digest.config import SourceTable
from digest.errors import ConfigError, DigestError
from digest.sources.health import Health, HealthState

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FEED = b"""<rss version="2.0"><channel><title>The Quay</title>
<item><title>Ferry runs again</title><link>https://quay.example/1</link></item></channel></rss>"""
OPML = b"""<opml version="2.0"><body>
<outline text="World"><outline text="Europe">
  <outline type="rss" text="The Post" xmlUrl="https://post.example/rss"/>
</outline></outline>
<outline type="rss" text="The Post" xmlUrl="https://other.example/feed"/>
<outline type="rss" text="https://bare.example/feed" xmlUrl="https://bare.example/feed"/>
<outline type="rss" text="Again" xmlUrl="https://post.example/rss"/>
</body></opml>"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run a command that must end well."""
    result = CliRunner().invoke(cli, ["sources", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def refused(*arguments: str) -> DigestError:
    """What a command says that must fail."""
    with pytest.raises(DigestError) as caught:
        CliRunner().invoke(cli, ["sources", *arguments], catch_exceptions=False)
    return caught.value


def settings(folder: Path) -> str:
    return (folder / "digest.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("weeks", "bars"),
    [
        ((0,) * 8, "▁▁▁▁▁▁▁▁"),
        ((0, 1, 2, 3, 4, 5, 6, 7), "▁▂▃▄▅▆▇█"),
        ((1000, 1, 0, 500), "█▂▁▅"),
        ((), ""),
    ],
    ids=["silent", "rising", "a trace is seen", "none"],
)
def test_the_chart_of_weeks(weeks: tuple[int, ...], bars: str) -> None:
    assert health.chart(weeks) == bars


@pytest.mark.parametrize(
    ("it", "said"),
    [
        (Health(source="wire", state=HealthState.NEW), ["new", "never read"]),
        (
            Health(source="wire", state=HealthState.OK, last_success=NOON, weeks=(0,) * 7 + (3,)),
            ["ok", "▁▁▁▁▁▁▁█", "3 this week", "read 2026-11-21 13:00"],
        ),
        (
            Health(source="wire", state=HealthState.FAILING, last_try=NOON, error="was not found"),
            ["failing", "error: was not found (tried 2026-11-21 13:00)"],
        ),
        (
            Health(source="wire", state=HealthState.QUIET, quiet_since=NOON),
            ["quiet", "gone quiet since 2026-11-21"],
        ),
        (
            Health(source="wire", state=HealthState.HELD, held=40),
            ["held", '40 entries are held: digest sources release "wire"'],
        ),
        (Health(source="wire", state=HealthState.OK, latency=7.25), ["takes 7.2 seconds"]),
    ],
    ids=["new", "ok", "failing", "quiet", "held", "slow"],
)
def test_how_a_source_is_doing(it: Health, said: list[str]) -> None:
    table = SourceTable(feed="https://post.example/rss", name="wire")
    text = click.unstyle("\n".join(health.report([it], [table], zone="Europe/Berlin")))
    for words in (*said, "wire", "feed https://post.example/rss"):
        assert words in text
    assert json.loads(json.dumps(health.record(it, table)))["kind"] == "feed"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("post.example/news", "https://post.example/news"),
        ("post.example:8080/x", "https://post.example:8080/x"),
        ("http://post.example", "http://post.example"),
        ("HTTPS://post.example", "HTTPS://post.example"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_what_is_typed_as_an_address(typed: str, address: str) -> None:
    assert web_address(typed) == address


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert unused("Post", []) == "Post"
    assert unused("Post", ["Post", "Post 2"]) == "Post 3"
    assert unused(" a\n b ", []) == "a b"
    assert len(unused("word " * 100, [])) <= 60


def test_the_defaults_are_listed_without_a_file(here: Path) -> None:
    (here / "seeds").mkdir()
    assert "seeds" in run().stdout
    [source] = json.loads(run("list", "--json").stdout)
    assert (source["source"], source["state"], source["kind"]) == ("seeds", "new", "folder")
    assert not list(here.glob("*.toml"))


def test_a_folder_and_a_file_are_followed_by_their_paths(here: Path) -> None:
    (here / "more").mkdir()
    (here / "quay.xml").write_bytes(FEED)
    run("add", "more", "--yes", "--section", "World")
    shown = run("add", "./quay.xml", "--yes").stdout
    assert "Ferry runs again" in shown
    assert settings(here) == (
        '[[sources]]\nfolder = "more"\nsection = "World"\n\n'
        '[[sources]]\nfeed = "quay.xml"\nname = "The Quay"\n'
    )


def test_the_first_source_that_is_added_keeps_the_seeds(here: Path) -> None:
    (here / "seeds").mkdir()
    (here / "quay.xml").write_bytes(FEED)
    run("add", "quay.xml", "--yes", "--name", "Q")
    assert settings(here).startswith('[[sources]]\nfolder = "seeds"\n\n[[sources]]\nfeed =')


def test_nothing_is_added_without_a_yes(here: Path) -> None:
    (here / "quay.xml").write_bytes(FEED)
    error = refused("add", "quay.xml")
    assert isinstance(error, ConfigError)
    assert "--yes" in str(error)
    assert not list(here.glob("*.toml"))


def test_what_is_followed_is_not_added_again(here: Path) -> None:
    (here / "quay.xml").write_bytes(FEED)
    run("add", "quay.xml", "--yes")
    assert "followed already, as 'The Quay'" in str(refused("add", "quay.xml", "--yes"))


def test_a_source_is_taken_out_by_name_or_place(here: Path) -> None:
    for name in ("a", "b", "c"):
        (here / name).mkdir()
        run("add", name, "--yes", "--name", f"The {name}")
    run("remove", "The a")
    run("remove", "b")
    assert settings(here) == '[[sources]]\nfolder = "c"\nname = "The c"\n'
    assert "Did you mean The c?" in str(refused("remove", "the c"))
    assert "has no other source" in str(refused("remove", "c"))


def test_defaults_cannot_be_taken_out(here: Path) -> None:
    (here / "seeds").mkdir()
    assert "is not there" in str(refused("remove", "seeds"))


def test_opml_comes_in_with_sections_and_names_of_their_own(here: Path) -> None:
    (here / "feeds.opml").write_bytes(OPML)
    assert run("import", "feeds.opml").stdout == "3 sources added, 0 known already.\n"
    found = {it.place: (it.name, it.section) for it in Following.of(None).sources}
    assert found == {
        "https://post.example/rss": ("The Post", "World/Europe"),
        "https://other.example/feed": ("The Post 2", None),
        "https://bare.example/feed": ("", None),
    }
    assert run("import", "feeds.opml").stdout == "0 sources added, 3 known already.\n"


def test_opml_goes_out_and_comes_in_as_the_same(here: Path) -> None:
    (here / "feeds.opml").write_bytes(OPML)
    run("import", "feeds.opml")
    first, left = opml.give(Following.of(None))
    assert left == 0
    (here / "out.opml").write_bytes(first)
    (here / "digest.toml").unlink()
    run("import", "out.opml")
    run("export", "again.opml")
    assert (here / "again.opml").read_bytes() == first
    assert run("export").stdout_bytes == first


def test_what_is_on_this_machine_does_not_go_out(here: Path) -> None:
    (here / "seeds").mkdir()
    told = run("export")
    assert "outline" not in told.stdout
    assert "1 source on this machine left out" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "nowhere.opml"], "cannot be read"),
        (["import", "bad.opml"], "is no OPML file"),
        (["remove", "nobody"], "no source is named 'nobody'"),
        (["release", "nobody"], "no source is named 'nobody'"),
        (["discard", "nobody"], "no source is named 'nobody'"),
        (["test", "seeds"], "is a folder"),
        (["add", "bad.opml", "--yes"], "bad.opml"),
        (["add", "javascript:alert(1)", "--yes"], "javascript"),
        (["add", "file:///etc/hosts", "--yes"], "file:///etc/hosts"),
        (["export", "seeds/no/../../seeds"], "cannot be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_told(here: Path, arguments: list[str], said: str) -> None:
    (here / "seeds").mkdir()
    (here / "bad.opml").write_bytes(b"<html><p>no list")
    assert said in str(refused(*arguments))
    assert not list(here.glob("*.toml"))


def test_nothing_is_held_of_a_source_that_never_had_any(here: Path) -> None:
    (here / "seeds").mkdir()
    assert run("release", "seeds").stdout == "0 entries come with the next run.\n"
    assert run("discard", "seeds").stdout == "0 entries are passed over.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--config", "other.toml", "list"],
        ["list", "--config", "other.toml"],
        ["--config", "other.toml"],
    ],
    ids=["before", "behind", "alone"],
)
def test_a_file_may_be_named_before_and_behind_the_command(
    here: Path, arguments: list[str]
) -> None:
    (here / "other.toml").write_text('[[sources]]\nfolder = "elsewhere"\n')
    assert "elsewhere" in run(*arguments).stdout
