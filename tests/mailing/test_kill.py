"""A mailing that is killed again and again loses nobody, and doubles only whom it named."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import SendState
from tests.mailing.killing import CONNECTIONS, survive

KILLS, RECIPIENTS = 200, 1_500


def test_two_hundred_kills(tmp_path: Path) -> None:
    kills = 0
    for seed in range(KILLS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        seen = survive(folder, recipients=RECIPIENTS, seed=seed)
        assert not seen.lost
        assert seen.doubled <= seen.doubted
        assert seen.most_at_once <= CONNECTIONS
        assert seen.counts == {SendState.SENT: RECIPIENTS}
        kills += seen.kills
        if kills >= KILLS:
            return
    pytest.fail(f"only {kills} kills")
