"""The pure pieces of sending by SMTP, against anything that a server or a list may hold."""

from __future__ import annotations

import itertools
import pickle
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.delivery.smtp import BusyError, Phase, Result, ServerError
from digest.delivery.smtp.breaker import Breaker
from digest.delivery.smtp.envelope import (
    check_edition,
    check_recipient,
    commands,
    stuffed,
    verdict,
)
from digest.delivery.smtp.extensions import Extensions, extensions
from digest.delivery.smtp.pace import Pace
from digest.delivery.smtp.replies import MalformedError, Reply, ReplyReader
from digest.model import State
from tests.delivery.sending import account_on, mail

EVERYTHING = Extensions(pipelining=True, eight_bit=True, utf8=True, sizes=True)

# Replies.

REPLIES = {
    "one line": (b"250 ok\r\n", [Reply(250, ("ok",))]),
    "no text": (b"250\r\n", [Reply(250, ("",))]),
    "blank only": (b"354 \r\n", [Reply(354, ("",))]),
    "several lines": (b"250-a\r\n250-b\r\n250 c\r\n", [Reply(250, ("a", "b", "c"))]),
    "bare line feed": (b"250-a\n250 b\n", [Reply(250, ("a", "b"))]),
    "two replies": (b"250 a\r\n550 b\r\n", [Reply(250, ("a",)), Reply(550, ("b",))]),
    "not UTF-8": (b"250 \xff\r\n", [Reply(250, ("\ufffd",))]),
}


@pytest.mark.parametrize(("data", "replies"), REPLIES.values(), ids=REPLIES)
def test_replies_are_cut_out(data: bytes, replies: list[Reply]) -> None:
    reader = ReplyReader()
    assert list(reader.feed(data)) == replies
    assert reader.is_idle


@given(
    st.lists(
        st.tuples(
            st.integers(200, 599),
            st.lists(st.text(st.characters(exclude_characters="\r\n"), max_size=40), min_size=1),
        ),
        max_size=5,
    ),
    st.integers(1, 50),
)
@settings(deadline=None, max_examples=60)
def test_portions_make_no_difference(given_: list[tuple[int, list[str]]], size: int) -> None:
    replies = [
        Reply(code, tuple(text.encode("utf-8", "replace").decode() for text in lines))
        for code, lines in given_
    ]
    data = b"".join(
        f"{reply.code}{'- '[number == len(reply.lines)]}{line}\r\n".encode()
        for reply in replies
        for number, line in enumerate(reply.lines, 1)
    )
    reader = ReplyReader()
    portions = (data[at : at + size] for at in range(0, len(data), size))
    assert list(itertools.chain.from_iterable(map(reader.feed, portions))) == replies


@given(st.lists(st.binary(max_size=80) | st.sampled_from([b"250 ok\r\n", b"250-", b"\r\n"])))
@settings(deadline=None, max_examples=150)
def test_whatever_comes_is_a_reply_or_malformed(portions: list[bytes]) -> None:
    reader = ReplyReader()
    replies: list[Reply] = []
    with suppress(MalformedError):
        for portion in portions:
            replies.extend(reader.feed(portion))
    assert all(200 <= reply.code < 600 and reply.words.isprintable() for reply in replies)


@pytest.mark.parametrize(
    "data",
    [b"\r\n", b"25 ok\r\n", b"250ok\r\n", b"150 ok\r\n", b"600 ok\r\n", b"250-a\r\n251 b\r\n"],
)
def test_what_is_no_reply_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedError):
        list(ReplyReader().feed(data))


WORDS = {
    "enhanced": (("5.1.1 no such user",), "5.1.1", "no such user"),
    "repeated": (("5.7.1 no", "5.7.1 really"), "5.7.1", "no really"),
    "only a number": (("5.1.1",), "5.1.1", ""),
    "an address": (("5.1.1.9 is my host",), None, "5.1.1.9 is my host"),
    "none": (("no",), None, "no"),
}


@pytest.mark.parametrize(("lines", "enhanced", "words"), WORDS.values(), ids=WORDS)
def test_words_and_enhanced_codes(lines: tuple[str, ...], enhanced: str | None, words: str) -> None:
    assert (Reply(550, lines).enhanced, Reply(550, lines).words) == (enhanced, words)


def test_long_words_are_shortened() -> None:
    assert len(Reply(550, ("no way " * 500,)).words) <= 300


# Extensions.

OFFERS = {
    "size": (("SIZE 1000",), {"sizes": True, "size": 1000}),
    "no size": (("SIZE",), {"sizes": True}),
    "size of nought": (("size 0",), {"sizes": True}),
    "small letters": (("pipelining", "8bitmime"), {"pipelining": True, "eight_bit": True}),
    "login": (("AUTH plain LOGIN",), {"mechanisms": ("PLAIN", "LOGIN")}),
    "the old login": (
        ("AUTH=LOGIN PLAIN", "AUTH LOGIN PLAIN"),
        {"mechanisms": ("LOGIN", "PLAIN")},
    ),
    "nothing": (("", "   "), {}),
}


@pytest.mark.parametrize(("lines", "found"), OFFERS.values(), ids=OFFERS)
def test_extensions_are_read(lines: tuple[str, ...], found: dict[str, object]) -> None:
    offered = extensions(Reply(250, ("mx.test AUTH PIPELINING", *lines)))
    named = {name: getattr(offered, name) for name in Extensions.__slots__ if name != "named"}
    usual = {name: getattr(Extensions(), name) for name in named}
    assert named == usual | found


@given(st.lists(st.text(max_size=30), min_size=1))
@settings(deadline=None, max_examples=60)
def test_any_offer_can_be_read(lines: list[str]) -> None:
    offered = extensions(Reply(250, tuple(lines)))
    assert offered.size is None or offered.size > 0


# Envelopes.


def unstuffed(wire: bytes) -> bytes:
    """What a server makes of a body: RFC 5321, 4.5.2, read line by line."""
    lines = wire.split(b"\r\n")
    return b"\r\n".join(line.removeprefix(b".") for line in lines)


@given(
    st.lists(st.sampled_from([b".", b"..", b"a", b"\r\n", b".\r\n", b"\r\n.", b""]), max_size=30)
)
@settings(deadline=None, max_examples=200)
def test_dots_are_stuffed_so_that_only_the_last_ends_the_message(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    sent = stuffed(data)
    assert b"\r\n.\r\n" not in sent
    assert not sent.startswith(b".\r\n")
    assert not sent or sent.endswith(b"\r\n")
    assert unstuffed(sent) == (data if data.endswith(b"\r\n") or not data else data + b"\r\n")


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None, max_examples=200)
def test_no_address_can_add_a_command(sender: str, recipient: str) -> None:
    letter = mail(sender=sender, recipient=recipient)
    try:
        check_edition(letter, EVERYTHING, account_on(25))
    except ServerError:
        return
    if check_recipient(letter, EVERYTHING) is None:
        lines = commands(letter, EVERYTHING)
        assert [line.count(b"\r") for line in lines] == [line.count(b"\n") for line in lines]
        assert b"".join(lines).count(b"\r\n") == 3
        assert all(line.count(b"<") == line.count(b">") == 1 for line in lines[:2])
        assert b"\0" not in b"".join(lines)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (250, State.ACCEPTED),
        (251, State.ACCEPTED),
        (451, State.DEFERRED),
        (552, State.REFUSED),
    ],
)
def test_a_reply_is_a_verdict(code: int, state: State) -> None:
    found = verdict(Reply(code, ("2.0.0 words",)), Phase.DOT)
    assert found == Result(state=state, phase=Phase.DOT, code=code, enhanced="2.0.0", words="words")


CONCERNS = {
    "unknown": (Phase.RCPT, "5.1.1", True),
    "no enhanced code": (Phase.RCPT, None, True),
    "relaying": (Phase.RCPT, "5.7.1", False),
    "at the dot": (Phase.DOT, "5.1.1", False),
    "sender": (Phase.MAIL, "5.1.8", False),
    "no SMTPUTF8": (Phase.CHECK, "5.6.7", True),
    "no 8BITMIME": (Phase.CHECK, "5.6.3", False),
}


@pytest.mark.parametrize(("phase", "enhanced", "expected"), CONCERNS.values(), ids=CONCERNS)
def test_whom_a_refusal_concerns(phase: Phase, enhanced: str | None, *, expected: bool) -> None:
    result = Result(state=State.REFUSED, phase=phase, enhanced=enhanced)
    assert result.concerns_recipient is expected


# Pace and breaker.


@given(
    st.floats(0.1, 50),
    st.none() | st.floats(1, 200),
    st.lists(st.floats(0, 1), min_size=1, max_size=150),
)
@settings(deadline=None, max_examples=100)
def test_no_window_holds_more_than_its_rate(
    per_second: float, per_hour: float | None, steps: list[float]
) -> None:
    now, begun = [0.0], list[float]()
    pace = Pace(per_second=per_second, per_hour=per_hour, clock=lambda: now[0])
    for step in steps:
        now[0] += step
        if (delay := pace.wait()) > 0:
            now[0] += delay
            assert pace.wait() == 0
        begun.append(now[0])
    for rate, span in ((per_second, 1.0), (per_hour, 3600.0)):
        if rate is not None:
            most = max(1, int(rate))
            window = span * most / rate - 1e-5
            gaps = (later - one for one, later in zip(begun, begun[most:], strict=False))
            assert all(gap >= window for gap in gaps)


def test_without_a_rate_nothing_waits() -> None:
    pace = Pace(per_second=None, per_hour=None, clock=lambda: 0.0)
    assert [pace.wait() for _ in range(1000)] == [0.0] * 1000


def result(state: State, phase: Phase = Phase.DOT) -> Result:
    return Result(state=state, phase=phase)


def test_an_acceptance_ends_a_row() -> None:
    breaker = Breaker("mx.test:587")
    refused, accepted = result(State.DEFERRED), result(State.ACCEPTED)
    assert not any(breaker.check(each) for each in ([refused] * 19 + [accepted]) * 20)
    assert not any(breaker.check(refused) for _ in range(19))
    assert isinstance(breaker.check(refused), BusyError)


def test_few_refusals_in_a_long_run_stop_nothing() -> None:
    breaker = Breaker("mx.test:587")
    run = [result(State.REFUSED)] + [result(State.ACCEPTED)] * 30
    assert not any(breaker.check(each) for each in run * 100)


def test_recipients_refused_between_the_others_neither_help_nor_harm() -> None:
    breaker = Breaker("mx.test:587")
    run = [result(State.UNCERTAIN), result(State.REFUSED, Phase.RCPT)] * 20
    found = [breaker.check(each) for each in run]
    assert not any(found[:38])
    assert isinstance(found[38], ServerError)


def test_faults_survive_pickling() -> None:
    fault = BusyError("mx.test:587", "no connection", "Check host and port.")
    again = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own bytes
    assert (type(again), str(again)) == (BusyError, str(fault))
