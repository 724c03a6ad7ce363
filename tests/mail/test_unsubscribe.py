"""Tokens: who leaves what, and nobody else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.mail import make_token, read_token, reader_id

KEY = b"a key for tests"
TOKEN = make_token("nora.quill@post.example", newsletter="morning", key=KEY)


def test_a_token_tells_the_newsletter_and_stands_for_the_reader() -> None:
    leaver = read_token(TOKEN, key=KEY)
    assert leaver is not None
    assert leaver.newsletter == "morning"
    assert leaver.reader == reader_id("Nora.Quill@post.example", newsletter="morning", key=KEY)


def test_it_needs_no_encoding_in_a_link_and_hides_the_address() -> None:
    assert re.fullmatch(r"[\w.-]{60,80}", TOKEN, re.ASCII)
    assert "nora" not in TOKEN


def test_readers_newsletters_and_keys_are_told_apart() -> None:
    made = {
        reader_id(address, newsletter=newsletter, key=key)
        for address in ("a@b.example", "c@b.example")
        for newsletter in ("morning", "evening")
        for key in (KEY, b"another")
    }
    assert len(made) == 8


BAD = {
    "empty": "",
    "another key": make_token("nora.quill@post.example", newsletter="morning", key=b"another"),
    "another newsletter": TOKEN.replace("morning", "evening"),
    "cut short": TOKEN[:-1],
    "unsigned": TOKEN.rpartition(".")[0],
    "not ASCII": "é" + TOKEN,
    "lone surrogate": "\ud800." + TOKEN,
}


@pytest.mark.parametrize("token", BAD.values(), ids=BAD)
def test_a_made_up_token_means_nothing(token: str) -> None:
    assert read_token(token, key=KEY) is None


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_token_or_none(token: str) -> None:
    assert read_token(token, key=KEY) is None
