"""The one place where tests make values, short and with defaults."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.model import (
    Article,
    Candidate,
    Document,
    Headline,
    Issue,
    Newsletter,
    Section,
    Span,
    Story,
    Summary,
)
from digest.text import sketch

SUBJECTS = ("harbour", "bridge", "orchard", "library", "ferry", "museum", "tramway", "theatre")


def now_in_berlin() -> datetime:
    return datetime(2026, 11, 22, 7, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def body(number: int) -> str:
    """Three paragraphs that share no four words with those of another number."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    return "\n\n".join(
        f"Item{number} tells{number} that{number} the {subject} of town{number} part{part} "
        f"reopened{number} after{number} work{part} lasting{number} {number + part} months{number}."
        for part in range(3)
    )


def article(number: int = 1, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": f"article-{number:04}",
        "title": f"The story of item {number}",
        "text": body(number),
        "language": "en",
        "site": "The Elsby Post",
        "url": f"https://post.example/{number}",
        "published": date(2026, 11, 20),
        "origin": f"seeds/{number}.txt",
        "source": "seeds",
    }
    return Article(**(values | changes))  # type: ignore[arg-type]  # a test's changes


def story(number: int = 1, **changes: object) -> Story:
    it = article(number, **changes)
    return Story(article=it, summary=Summary(lead=Span(0, it.text.index("\n"))))


def candidate(number: int = 1, **changes: object) -> Candidate:
    """A candidate; ``changes`` go to its headline, its text or to itself."""
    text = str(changes.pop("text", body(number)))
    line: dict[str, object] = {
        "article": f"article-{number:04}",
        "title": f"The story of item {number}",
        "url": f"https://post.example/{number}",
        "published": date(2026, 11, 20),
    }
    line |= {key: changes.pop(key) for key in list(changes) if key in Headline.__slots__}
    values: dict[str, object] = {
        "headline": Headline(**line),  # type: ignore[arg-type]  # a test's changes
        "seen": datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
        "source": "seeds",
        "origin": f"seeds/{number}.txt",
        "length": len(text),
        "sketch": sketch(text),
    }
    return Candidate(**(values | changes))  # type: ignore[arg-type]  # a test's changes


def document(data: bytes = b"text", **changes: object) -> Document:
    values: dict[str, object] = {
        "origin": "seeds/a.txt",
        "media_type": "text/plain",
        "fetched": datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
        "source": "seeds",
    }
    return Document(data=data, **(values | changes))  # type: ignore[arg-type]  # a test's changes


def issue(*stories: Story, **changes: object) -> Issue:
    values: dict[str, object] = {
        "id": "digest/2026-11-22T073000+0100",
        "newsletter": Newsletter(timezone="Europe/Berlin"),
        "slot": now_in_berlin(),
        "sections": (Section(name=None, stories=stories or (story(),)),),
    }
    return Issue(**(values | changes))  # type: ignore[arg-type]  # a test's changes


def plain_text(number: int) -> str:
    """A file as a user would drop it: headline, byline, paragraphs."""
    return f"The story of item {number}\n\nBy Nora Quill\n\n{body(number)}\n"


@dataclass(frozen=True)
class Project:
    """A user's folder in which the real program is run, each time in a process of its own."""

    folder: Path

    def write(self, name: str, content: str | bytes) -> Path:
        """A file that was written long enough ago to be settled."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(file, (1_790_000_000, 1_790_000_000))
        return file

    def digest(
        self, *arguments: str | Path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run ``digest`` with a fixed time zone and no terminal."""
        return subprocess.run(
            [sys.executable, "-m", "digest", *map(str, arguments)],
            cwd=self.folder,
            env={**os.environ, "TZ": "UTC", "PYTHONPATH": str(Path(__file__).parent.parent)}
            | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def issues(self) -> list[Path]:
        """The folders in the outbox, oldest first."""
        return sorted(self.folder.glob("outbox/*/*"))
