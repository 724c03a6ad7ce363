"""Faults in any mixture, and faults under encryption: the promises stay the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from digest.delivery.smtp import Phase
from digest.model import State
from tests.authority import Authority
from tests.delivery.sending import brief, deliver, mail, mails
from tests.smtpserver import EXTENSIONS, Act, Drop, Fault, Hang, Manners, Say, SmtpServer

PLAIN = tuple(name for name in EXTENSIONS if name != "PIPELINING")
BROKEN: list[Act] = [Drop(), Hang()]
ENDS: list[Act] = [
    Drop(),
    Drop(keep=True),
    Hang(),
    Say("421 4.3.2 bye\r\n", drop=True),
    Say("\x00\r\n"),
]
ANSWERS: list[Act] = [
    Say("450 4.7.1 later\r\n"),
    Say("550 5.1.1 no\r\n"),
    Say("554 5.7.1 spam\r\n"),
]
ASKED = ["mail", "rcpt", "data", "dot", "rset"]
OTHERS = ["connect", "ehlo", "body", "accepted"]


def some_fault(chance: random.Random) -> Fault:
    at = chance.choice(ASKED + OTHERS)
    return Fault(at, chance.choice(ENDS + ANSWERS * (at in ASKED)), first=chance.randrange(2, 60))


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_everybody_is_accounted_for(seed: int) -> None:
    """What `deliver` checks holds under any mixture of faults, and nobody is forgotten."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    faults = [some_fault(chance) for _ in range(12)]
    manners = Manners(
        faults=faults,
        extensions=chance.choice([EXTENSIONS, PLAIN]),
        most_messages=chance.choice([7, 1 << 30]),
        data_without_recipient=chance.choice([True, False]),
    )
    with SmtpServer(manners) as server:
        run = deliver(
            server,
            mails(60),
            connections=chance.choice([1, 4]),
            limits=brief(greeting=0.1, command=0.1, data=0.1, dot=0.1),
        )
    assert run.account.fault is None
    assert len(run.states) == 60
    assert run.account.uncertain <= sum(fault.at in ("dot", "body") for fault in faults)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


#: A fault at the second of four messages, and what becomes of the second.
ENCRYPTED: dict[str, tuple[str, Act, State, Phase]] = {
    "554 at the dot": ("dot", Say("554 5.7.1 spam\r\n"), State.REFUSED, Phase.DOT),
    "drop before the 250": ("dot", Drop(keep=True), State.UNCERTAIN, Phase.DOT),
    "hang before the 250": ("dot", Hang(keep=True), State.UNCERTAIN, Phase.DOT),
    "not a reply at the dot": ("dot", Say("well, well\r\n"), State.UNCERTAIN, Phase.DOT),
    "421 at the dot": ("dot", Say("421 4.3.2 bye\r\n", drop=True), State.ACCEPTED, Phase.DOT),
    "drop at RCPT": ("rcpt", Drop(), State.ACCEPTED, Phase.DOT),
    "drop after the 250": ("accepted", Drop(), State.ACCEPTED, Phase.DOT),
}


@pytest.mark.parametrize("extensions", [EXTENSIONS, PLAIN], ids=["pipelined", "plain"])
@pytest.mark.parametrize(("at", "act", "state", "phase"), ENCRYPTED.values(), ids=ENCRYPTED)
def test_encryption_changes_nothing(
    at: str,
    act: Act,
    state: State,
    phase: Phase,
    extensions: Sequence[str],
    authority: Authority,
) -> None:
    certificate = authority.certify("127.0.0.1")
    manners = Manners(
        faults=[Fault(at, act, first=2)], extensions=extensions, certificate=certificate
    )
    with SmtpServer(manners) as server:
        limits = brief(command=0.4, dot=0.4)
        run = deliver(server, mails(4), limits=limits, security="starttls", ca=authority.file)
    result = run.results["reader2"]
    assert (result.state, result.phase) == (state, phase)
    assert run.account.fault is None
    assert len(run.states) == 4


@pytest.mark.parametrize("act", BROKEN, ids=["drop", "hang"])
def test_an_encrypted_body_that_breaks_off_is_safe(act: Act, authority: Authority) -> None:
    large = mail("ben", body="The harbour is closed until spring.\r\n" * 300_000)
    certificate = authority.certify("127.0.0.1")
    manners = Manners(faults=[Fault("body", act, first=2)], certificate=certificate)
    with SmtpServer(manners) as server:
        run = deliver(
            server,
            [mail(), large, mail("cy")],
            limits=brief(block=0.3),
            security="starttls",
            ca=authority.file,
        )
    assert set(run.states) == {State.ACCEPTED}
    assert run.log.count("intend ben") == 2
