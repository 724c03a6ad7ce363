"""What a spam filter says of the issue of the sample articles."""

from __future__ import annotations

import shutil

from tests.acceptance.posting import Post
from tests.builders import Project
from tests.smtpserver import SmtpServer
from tests.spamassassin import score


def test_the_sample_issue_scores_nothing(project: Project) -> None:
    assert project.digest("init", "demo").returncode == 0
    with SmtpServer() as server:
        post = Post(project, server)
        shutil.rmtree(project.folder / "seeds")
        (project.folder / "demo/seeds").rename(project.folder / "seeds")
        post.join()
        assert project.digest("run", "--now", "2026-11-22T07:30").returncode == 0
        message = server.accepted[0]
    total, rules = score(message.data)
    assert total == 0.0, rules
    assert "HTML_MESSAGE" in rules, "it was looked at"


def test_the_filter_is_at_work() -> None:
    total, rules = score(b"Subject: DEAR FRIEND\r\n\r\nMake money fast!!!\r\n")
    assert total > 1, rules
