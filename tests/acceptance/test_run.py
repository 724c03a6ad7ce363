"""The main job from outside: the samples become an issue, and nothing is sent twice."""

from __future__ import annotations

import email
import email.policy
import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from digest.read import read
from digest.sources.folder import load
from tests.builders import Project, plain_text
from tests.ripmime import taken_apart

NOW = "2026-11-22T07:30"


@pytest.fixture
def samples(project: Project, root: Path) -> Project:
    """A project with the samples that come with the program."""
    shutil.copytree(root / "seeds", project.folder / "seeds")
    return project


def squeezed(text: str) -> str:
    return " ".join(text.split())


def stories(folder: Path) -> list[dict[str, object]]:
    record = json.loads((folder / "issue.json").read_text("utf-8"))
    return [story for section in record["sections"] for story in section["stories"]]


def test_all_samples_become_one_issue_and_a_second_run_writes_nothing(samples: Project) -> None:
    first = samples.digest("run", "--now", NOW)
    assert first.returncode == 0, first.stderr
    assert first.stderr == ""
    [issue] = samples.issues()
    assert sorted(file.name for file in issue.iterdir()) == [
        "index.html",
        "issue.json",
        "message.eml",
        "message.txt",
    ]
    files = [file for file in (samples.folder / "seeds").rglob("*") if file.is_file()]
    printed = stories(issue)
    also = [line for story in printed for line in story["also"]]  # type: ignore[attr-defined]  # JSON
    assert len(printed) + len(also) == len(files) >= 14
    assert str(issue.relative_to(samples.folder)) in first.stdout
    assert "ledger.sqlite3" in first.stdout

    before = {file: file.read_bytes() for file in issue.iterdir()}
    second = samples.digest("run")
    assert second.returncode == 0
    assert "Nothing new" in second.stdout
    assert samples.issues() == [issue]
    assert {file: file.read_bytes() for file in issue.iterdir()} == before


def test_the_same_input_gives_the_same_bytes(samples: Project, tmp_path: Path) -> None:
    assert samples.digest("run", "--now", NOW).returncode == 0
    [issue] = samples.issues()
    again = Project(tmp_path / "again")
    shutil.copytree(samples.folder / "seeds", again.folder / "seeds")
    assert again.digest("run", "--now", NOW).returncode == 0
    [other] = again.issues()
    for name in ("index.html", "message.eml", "message.txt", "issue.json"):
        assert (issue / name).read_bytes() == (other / name).read_bytes(), name


def by_the_standard_library(message: bytes, _: Path) -> tuple[str, str]:
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    text, html = parsed.iter_parts()
    return text.get_content(), html.get_content()


@pytest.mark.parametrize("parse", [by_the_standard_library, taken_apart])
def test_both_parts_of_the_message_hold_every_headline_lead_and_address(
    samples: Project, parse: Callable[[bytes, Path], tuple[str, str]]
) -> None:
    assert samples.digest("run", "--now", NOW).returncode == 0
    [issue] = samples.issues()
    text, html = parse((issue / "message.eml").read_bytes(), samples.folder)
    shown = squeezed(unescape(re.sub(r"<[^>]+>", " ", html)))
    bare = re.sub(r"\s+", "", text)
    for story in stories(issue):
        lead = story["lead"]["text"]  # type: ignore[index]  # JSON
        assert squeezed(str(story["title"])) in shown
        assert squeezed(lead) in shown
        assert re.sub(r"\s+", "", str(story["title"])) in bare
        assert re.sub(r"\s+", "", lead) in bare
        if story["url"]:
            assert str(story["url"]) in unescape(html)
    addresses = {unescape(url) for url in re.findall(r'href="(https?://[^"]+)"', html)}
    assert addresses
    assert {url for url in addresses if url not in text} == set()


def test_every_lead_and_quote_is_verbatim(samples: Project, now: datetime) -> None:
    assert samples.digest("run", "--now", NOW).returncode == 0
    [issue] = samples.issues()
    for story in stories(issue):
        text = read(load(samples.folder / str(story["origin"]), now=now)).text
        lead, quote = story["lead"], story["quote"]
        assert text[lead["start"] : lead["end"]] == lead["text"]  # type: ignore[index]  # JSON
        if quote:
            parts = [text[start:end] for start, end in quote["spans"]]  # type: ignore[index]  # JSON
            assert " ".join(parts) == quote["text"]  # type: ignore[index]  # JSON


def test_one_new_file_is_an_issue_of_one_story(samples: Project) -> None:
    samples.digest("run", "--now", NOW)
    samples.write("seeds/new.txt", plain_text(1))
    run = samples.digest("run", "--now", NOW)
    assert run.returncode == 0, run.stderr
    assert len(samples.issues()) == 2
    [story] = stories(samples.issues()[-1])
    assert story["title"] == "The story of item 1"


def test_a_rename_a_touch_and_a_correction_are_not_news(project: Project) -> None:
    for number in (1, 2, 3):
        project.write(f"seeds/{number}.txt", plain_text(number))
    project.digest("run")
    (project.folder / "seeds/1.txt").rename(project.folder / "seeds/renamed.txt")
    (project.folder / "seeds/2.txt").touch()
    project.write("seeds/3.txt", plain_text(3).replace("months3", "weeks3"))
    run = project.digest("run")
    assert run.returncode == 0
    assert len(project.issues()) == 1
    assert "corrected version of “The story of item 3”" in run.stdout
    assert "Nothing new" in project.digest("run").stdout


def test_what_digest_wrote_itself_is_no_article(project: Project) -> None:
    project.write("a.txt", plain_text(1))
    project.write("templates/notes.md", plain_text(2))
    project.write("digest.toml", '[[sources]]\nfolder = "."\n')
    assert "1 story went in" in project.digest("run").stdout
    assert "Nothing new" in project.digest("run").stdout
    assert len(project.issues()) == 1


def test_a_dry_run_changes_nothing_and_shows_what_would_go_in(project: Project) -> None:
    project.write("seeds/1.txt", plain_text(1))
    dry = project.digest("run", "--dry-run", "--now", NOW)
    assert dry.returncode == 0
    assert "1 story would go in" in dry.stdout
    assert [path.name for path in project.folder.iterdir()] == ["seeds"]
    assert "1 story went in" in project.digest("run", "--now", NOW).stdout


def test_what_does_not_fit_is_listed_by_title(project: Project) -> None:
    for number in range(1, 6):
        project.write(f"seeds/{number}.txt", plain_text(number))
    project.write("digest.toml", "[select]\nmax_stories = 2\n")
    run = project.digest("run")
    assert "by the title only" in run.stdout
    [issue] = project.issues()
    text = (issue / "message.txt").read_text("utf-8")
    assert len(stories(issue)) == 2
    for number in range(1, 6):
        assert f"The story of item {number}" in text


def test_a_tight_budget_holds_articles_for_the_next_issue(project: Project) -> None:
    for number in range(1, 90):
        project.write(f"seeds/{number}.txt", plain_text(number))
    project.write("digest.toml", '[edition]\nbudget = "16 KB"\n')
    run = project.digest("run")
    assert run.returncode == 0, run.stderr
    assert "held for the next issue" in run.stdout
    assert (project.issues()[0] / "index.html").stat().st_size <= 16_000
    for _ in range(20):
        if "Nothing new" in project.digest("run").stdout:
            break
    titles = [
        line["title"]
        for issue in project.issues()
        for section in json.loads((issue / "issue.json").read_text("utf-8"))["sections"]
        for line in section["stories"] + section["headlines"]
    ]
    assert sorted(titles) == sorted(f"The story of item {n}" for n in range(1, 90))


def test_a_backlog_does_not_turn_an_issue_into_a_list_of_titles(project: Project) -> None:
    for number in range(1, 400):
        project.write(f"seeds/{number}.txt", plain_text(number))
    project.write("digest.toml", '[edition]\nbudget = "50 KB"\n')
    run = project.digest("run")
    assert run.returncode == 0, run.stderr
    [issue] = project.issues()
    assert len(stories(issue)) == 20
    assert (issue / "index.html").stat().st_size <= 50_000
    assert "held for the next issue" in run.stdout


def test_status_tells_what_went_out_and_why_the_rest_did_not(samples: Project) -> None:
    assert "No issue was made yet" in samples.digest("status").stdout
    samples.digest("run", "--now", NOW)
    status = samples.digest("status")
    assert status.returncode == 0
    assert "digest/2026-11-22T073000Z" in status.stdout
    fates = samples.digest("status", "digest/2026-11-22T073000Z")
    assert "folded" in fates.stdout
    assert samples.digest("status", "digest/none").returncode == 2


def test_the_configuration_decides(project: Project) -> None:
    project.write("wire/a.txt", plain_text(1))
    project.write("blog/b.txt", plain_text(2))
    project.write(
        "conf/my.toml",
        """
        [newsletter]
        id = "morgen"
        title = "Der Morgen"
        language = "de"
        timezone = "Europe/Berlin"
        from = "Der Morgen <post@morgen.example>"
        unsubscribe = "mailto:weg@morgen.example"
        [[sources]]
        folder = "../wire"
        section = "Welt"
        [[sources]]
        folder = "../blog"
        [folders]
        outbox = "../out"
        state = "../state"
        """,
    )
    run = project.digest("run", "--config", "conf/my.toml", "--now", NOW)
    assert run.returncode == 0, run.stderr
    [issue] = (project.folder / "out/morgen").iterdir()
    assert issue.name == "2026-11-22T073000+0100"
    assert (project.folder / "state/ledger.sqlite3").exists()
    html = (issue / "index.html").read_text("utf-8")
    assert "Welt" in html
    assert "22. November 2026" in html
    message = (issue / "message.eml").read_bytes()
    assert b"List-Unsubscribe: <mailto:weg@morgen.example>" in message
    assert b"From: Der Morgen <post@morgen.example>" in message


def test_a_run_that_was_cut_short_after_the_claim_is_finished(project: Project) -> None:
    project.write("seeds/1.txt", plain_text(1))
    project.write("outbox", "a file where the outbox should be")
    stopped = project.digest("run", "--now", NOW)
    assert stopped.returncode == 1
    assert "outbox" in stopped.stderr
    (project.folder / "outbox").unlink()
    assert "would be finished" in project.digest("run", "--dry-run").stdout
    assert not (project.folder / "outbox").exists()
    finished = project.digest("run")
    assert finished.returncode == 0
    assert "An earlier run was cut short" in finished.stdout
    [issue] = project.issues()
    assert issue.name == "2026-11-22T073000Z"
    assert len(stories(issue)) == 1
