"""What the commands say, as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from digest.errors import ConfigError
from digest.ledger.sqlite import FILE, SqliteLedger
from digest.model import Article, Issue, Outcome, State
from digest.pipeline import Made, Run
from digest.read import Line
from digest.summary import Explanation
from digest.text import shorten
from digest.wiring import Project

#: Lines of a list before the rest is counted only.
MOST = 20

_MEANING = {
    Outcome.PRINTED: "with lead and quote",
    Outcome.LISTED: "by the title only",
    Outcome.FOLDED: "folded into the same story of another paper",
    Outcome.REPEATED: "left out: the story was sent before",
    Outcome.UPDATED: "left out: a correction of what was sent before",
    Outcome.REPLACED: "left out: replaced by a newer version",
    Outcome.STALE: "left out: too old",
    Outcome.HELD: "held for the next issue",
}


def run(done: Run, project: Project, *, rehearsed: bool) -> Iterator[str]:
    """What a run did: what went in, what did not and why, the size, and where it is."""
    for receipt in done.finished:
        became = "would be finished" if rehearsed else f"is {receipt.state} now"
        yield f"An earlier run was cut short; its issue {receipt.issue} {became}."
    if done.made is None:
        yield "Nothing new: no issue was made."
    elif done.made.edition is None:
        yield "Nothing to print: no issue was made."
    else:
        count = _count(len(done.made.issue.stories), "story", "stories")
        yield _bold(done.made.edition.subject)
        yield f"{count} would go in." if rehearsed else f"{count} went in."
    yield ""
    if done.made:
        yield from _table(_summary(done.made))
        yield ""
        issue = done.made.issue
        stories = [(story.article.origin, story.article.title) for story in issue.stories]
        yield from _list("In the issue", stories, issue)
        yield from _list("Not printed in full", list(_left_out(done.made)), issue)
    yield from _gathered(done)
    yield from _table(_places(done, project, rehearsed=rehearsed))


def failures(done: Run) -> list[str]:
    """What went wrong in a run, a line each."""
    wrong = [str(failure) for failure in done.gathered.failures]
    receipts = (*done.finished, *((done.receipt,) if done.receipt else ()))
    wrong += [r.detail for r in receipts if r.state is not State.ACCEPTED]
    return [click.style("error: ", fg="red") + line for line in wrong]


def article(record: Mapping[str, Any]) -> Iterator[str]:
    """One article's facts, lead and quote."""
    names = ("title", "byline", "published", "language", "site", "url", "section", "image")
    yield from _table([(name, str(record[name])) for name in names if record[name]])
    yield ""
    lead, quote = record["lead"], record["quote"]
    rows = [("lead", f"{lead['text']}  [{lead['start']}:{lead['end']}]")]
    if quote:
        rows.append(("quote", f"{quote['text']}  [{quote['start']}:{quote['end']}]"))
        rows.append(("speaker", quote["speaker"] or "not named"))
        rows.append(("role", quote["role"] or ""))
        rows.append(("found by", f"{quote['found']} ({quote['confidence']})"))
    yield from _table(rows)
    yield ""
    yield record["text"]


def lines(explained: Iterable[Line]) -> Iterator[str]:
    """Each line of a document with its class, its rule and its first words."""
    rows = [(str(line.number), line.label, line.rule, line.text) for line in explained]
    labels = max((len(row[1]) for row in rows), default=0)
    rules = max((len(row[2]) for row in rows), default=0)
    for number, label, rule, text in rows:
        start = f"{number:>5}  {label:<{labels}}  {rule:<{rules}}"
        yield f"{click.style(start, bold=label != 'body')}  {text[:100]}"


def explanation(article: Article, explained: Explanation) -> Iterator[str]:
    """Every lead and quote that was weighed, what spoke for each, and which one was taken."""
    yield _bold("\nLeads")
    for lead in explained.leads:
        yield from _option(lead.chosen, article[lead.span], lead.reason or "stands further down")
    yield _bold("\nQuotes") if explained.quotes else "\nNo quotes"
    for option in explained.quotes:
        quote = option.quote
        who = article[quote.speaker] if quote.speaker else "nobody"
        found = f", by {quote.found} ({quote.confidence:.2f})" if quote.found else ""
        marks = ", ".join(f"{name} {weight:+.2f}" for name, weight in option.marks)
        total = f"{option.score:.2f} = {marks}" if marks else ""
        reasons = [f"{option.reason}; {option.kind}: {who}{found}", *filter(None, [total])]
        yield from _option(option.chosen, article.words(quote), *reasons)


def status(ledger: SqliteLedger, project: Project) -> Iterator[str]:
    """The state folder, what waits, the last issues, and what could not be read."""
    newsletter = project.newsletter.id
    pending = len(ledger.pending(newsletter))
    yield from _table(
        [
            ("newsletter", newsletter),
            ("state", str(project.state / FILE)),
            ("waiting", _count(pending, "article")),
        ]
    )
    issues = ledger.issues(newsletter)
    yield "" if issues else "\nNo issue was made yet."
    for row in issues:
        content = f"{row['printed']} printed, {row['listed']} listed, {row['others']} left out"
        yield f"{_bold(row['id'])}  {row['state']}: {content}"
        if row["detail"]:
            yield f"    {row['detail']}"
    unread = ledger.failures()
    if unread:
        yield _bold("\nCould not be read")
        yield from _table([(row["origin"], row["failure"]) for row in unread])


def fates(ledger: SqliteLedger, issue: str) -> Iterator[str]:
    """What became of every candidate of one issue."""
    found = ledger.fates(issue)
    if not found:
        raise ConfigError(issue, "there is no such issue", "`digest status` lists them.")
    titles = (story.article.title for story in ledger.stories(fate.article for fate in found))
    for fate, title in zip(found, titles, strict=True):
        yield f"{fate.outcome:<9} {title}" + (f"\n          {fate.why}" if fate.why else "")


def _summary(made: Made) -> list[tuple[str, str]]:
    counts = Counter(fate.outcome for _, fate in made.fates)
    return [(str(counts[o]), meaning) for o, meaning in _MEANING.items() if counts[o]]


def _left_out(made: Made) -> Iterator[tuple[str, str]]:
    for candidate, fate in made.fates:
        if fate.outcome is not Outcome.PRINTED:
            yield candidate.origin, f"{fate.outcome}: {fate.why}"


def _list(heading: str, rows: Sequence[tuple[str, str]], issue: Issue) -> Iterator[str]:
    if rows:
        yield _bold(heading)
        yield from _table(rows[:MOST])
        if len(rows) > MOST:
            yield f"  and {len(rows) - MOST} more: digest status {issue.id}"
        yield ""


def _gathered(done: Run) -> Iterator[str]:
    rows = [(origin, "holds an article that is known already") for origin in done.gathered.copies]
    rows += [(error.where, f"{error.why}: it waits") for error in done.gathered.waiting]
    if rows:
        yield _bold("Not taken")
        yield from _table(rows[:MOST])
        yield ""


def _places(done: Run, project: Project, *, rehearsed: bool) -> Iterator[tuple[str, str]]:
    made = done.made
    if made and made.edition:
        html, text = len(made.edition.html.encode()), len(made.edition.text.encode())
        budget = project.settings.edition.budget
        yield "size", f"{html / 1e3:.1f} KB of {budget / 1e3:.0f} KB HTML, {text / 1e3:.1f} KB text"
        if done.receipt and done.receipt.state is State.ACCEPTED and not rehearsed:
            yield "issue", f"{done.receipt.detail}/index.html"
    yield "state", str(project.state / FILE) + (" (unchanged)" if rehearsed else "")


def _table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    kept = list(rows)
    width = max((len(name) for name, _ in kept), default=0)
    for name, value in kept:
        yield f"  {name:<{width}}  {value}".rstrip()


def _option(chosen: bool, words: str, *reasons: str) -> Iterator[str]:  # noqa: FBT001 - a column
    yield f"{'  ✓ ' if chosen else '    '}{shorten(words, 120)}"
    for reason in reasons:
        yield f"      {reason}"


def _bold(text: str) -> str:
    return click.style(text, bold=True)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
