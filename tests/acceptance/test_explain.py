"""What became of each article, and by which rule, is told afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Project

SETTINGS = """
[newsletter]
timezone = "UTC"

[select]
max_stories = 3
max_age = "7 days"
min_length = 200
exclude = { title = ["crossword"], text = ["/lottery numbers?/i"] }
pinned = ["reservoir"]

[[sources]]
folder = "wire"
priority = 1
exclude = { author = ["Otto Pelz"] }

[[sources]]
folder = "local"
"""
NOW = "--now=2026-11-20T12:00"

FERRY = (
    "HARWICK - The car ferry Maud of Elsby ran aground on the Tern bank shortly before eight on "
    "Tuesday with 214 passengers on board. Nobody was hurt. The harbour master said that the fog "
    "had closed in faster than the forecast allowed."
)
FREED = (
    "HARWICK - Three tugs have pulled the ferry Maud of Elsby off the Tern bank, two days after "
    "she ran aground there. Divers found only scratches on her keel. Crossings from Harwick begin "
    "again on Friday morning, the line said in the evening."
)


def page(title: str, text: str, *, site: str = "", author: str = "", day: str = "") -> str:
    return (
        f"<html lang=en><head><title>{title}</title>"
        f"<meta property='og:site_name' content='{site}'><meta name=author content='{author}'>"
        f"<meta property='article:published_time' content='{day or '2026-11-19'}T09:00:00Z'></head>"
        f"<body><article><h1>{title}</h1><p>{text.replace('. ', '.</p><p>')}</p></article></body>"
        "</html>"
    )


def filler(word: str) -> str:
    return " ".join(
        f"The {word} of the town was mended by {word} people number {n} and seen again by {word} "
        f"visitors in {word} street {n}."
        for n in range(4)
    )


@pytest.fixture
def issue(project: Project) -> str:
    """The id of an issue in whose making every rule had a say."""
    project.write("digest.toml", SETTINGS)
    wire = {
        "ferry": page("Harwick ferry runs aground in morning fog", FERRY, site="The Post"),
        "puzzle": page("The Saturday crossword", filler("puzzle")),
        "draw": page("Winners of the week", f"{filler('raffle')} These Lottery Numbers won."),
        "pelz": page("A walk in the woods", filler("forest"), author="Otto Pelz"),
        "short": page("Road closed", "The road is closed. It opens again tomorrow at noon."),
        "old": page("Fair opens its gates", filler("fair"), day="2026-10-01"),
        "organ": page("Organ plays again", filler("organ")),
    }
    local = {
        "stuck": page(
            "Ferry with 214 aboard stuck on sandbank", FERRY + " More later.", site="Sun"
        ),
        "lake": page("Fish die in the reservoir", filler("reservoir")),
        "mill": page("Mill gets a new wheel", filler("mill")),
    }
    for folder, files in (("wire", wire), ("local", local)):
        for name, content in files.items():
            project.write(f"{folder}/{name}.html", content)
    run = project.digest("run", NOW)
    assert run.returncode == 0, run.stderr
    [made] = project.issues()
    return f"digest/{made.name}"


def told(project: Project, issue: str) -> dict[str, tuple[str, str]]:
    """The outcome and the reason of each article, by its file."""
    explained = project.digest("explain", "--issue", issue)
    assert explained.returncode == 0, explained.stderr
    _, _, lines = explained.stdout.partition("\n\n")
    found: dict[str, tuple[str, str]] = {}
    name = ""
    for line in lines.splitlines():
        if line.startswith(" "):
            found[name] = (found[name][0], line.strip())
        else:
            name = Path(line.rpartition(": ")[2]).name.removesuffix(".html)")
            found[name] = (line.split()[0], "")
    return found


def test_every_article_has_its_fate_and_its_rule(project: Project, issue: str) -> None:
    found = told(project, issue)
    main, copy = ("stuck", "ferry") if found["ferry"][0] == "folded" else ("ferry", "stuck")
    assert found.pop(main)[0] == "printed"
    outcome, why = found.pop(copy)
    assert outcome == "folded"
    assert why.endswith(": the same text")
    assert found == {
        "lake": ("printed", "pinned: “reservoir”"),
        "organ": ("printed", ""),
        "mill": ("listed", "the issue has its 3 stories"),
        "puzzle": ("filtered", "exclude.title: “crossword” (select)"),
        "draw": ("filtered", "exclude.text: “/lottery numbers?/i” (select)"),
        "pelz": ("filtered", "exclude.author: “Otto Pelz” (source wire)"),
        "short": ("filtered", "min_length: 53 of 200 characters"),
        "old": ("stale", "of 2026-10-01, older than max_age"),
    }


def test_status_tells_the_same_and_the_run_names_the_command(project: Project, issue: str) -> None:
    explained = project.digest("explain", "--issue", issue).stdout
    assert project.digest("status", issue).stdout == explained
    assert "5  left out" not in explained
    assert "4  left out: by a rule" in explained


def test_what_was_left_out_stays_out_and_a_story_that_goes_on_says_so(
    project: Project, issue: str
) -> None:
    title = "Tugs free Harwick ferry that ran aground"
    project.write("local/freed.html", page(title, FREED, day="2026-11-21"))
    run = project.digest("run", "--now=2026-11-22T12:00")
    assert run.returncode == 0, run.stderr
    made = project.issues()[-1]
    [(outcome, why)] = told(project, f"digest/{made.name}").values()
    assert outcome == "printed"
    assert why.startswith("follows “")
    earlier = why.removeprefix("follows “").removesuffix("”")
    for part in ("message.txt", "index.html"):
        text = " ".join((made / part).read_text("utf-8").split())
        assert "Follows: " in text
        assert earlier in text
    assert f"digest/{made.name}" != issue


def test_wrong_rules_are_told_before_any_work(project: Project) -> None:
    project.write("digest.toml", '[[sources]]\nfolder = "a"\nexclude = { title = ["/[/"] }\n')
    run = project.digest("run")
    assert run.returncode == 2
    assert (
        "digest.toml: sources.[0].exclude.title.[0]: '/[/' is no regular expression" in run.stderr
    )
    assert not (project.folder / ".digest").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "either a FILE or an --issue"),
        (["a.txt", "--issue", "x"], "either a FILE or an --issue"),
        (["--issue", "digest/never"], "there is no such issue"),
        (["--config", "no.toml", "--issue", "x"], "no.toml"),
    ],
    ids=["neither", "both", "unknown", "config"],
)
def test_what_cannot_be_explained_is_told(
    project: Project, arguments: list[str], said: str
) -> None:
    told_ = project.digest("explain", *arguments)
    assert told_.returncode == 2
    assert said in told_.stderr
    assert "Traceback" not in told_.stderr
