"""A message that no check has anything to say against, and ways to break it."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

from digest.check import Finding, Level, gate, inspect

HTML = """<!DOCTYPE html>
<html lang="en" dir="ltr"><head><title>The Courier: Night ferry saved</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #141311 !important; color: #d9d3c8 !important; }
  .page a { color: #f0927f !important; }
}
</style></head>
<body><div class="page" role="article" lang="en" dir="ltr" style="background:#fffdf9;color:#22201d">
<div style="display:none">Four votes, and four hundred people in the rain</div>
<table role="presentation" width="100%"><tr><td>
<h1>The Courier</h1>
<h2>Night ferry saved by four votes</h2>
<img src="https://courier.example/quay.png" width="520" alt="People on the quay">
<p>The council kept <a href="https://courier.example/ferry" style="color:#9c2f20">the night
ferry</a> on Thursday.</p>
<h3>A boat and its bread</h3>
<p>Bakers sail at four, says <a href="https://courier.example/bread" style="color:#9c2f20">their
guild</a>.</p>
<p><a href="https://courier.example/leave?reader=x1" style="color:#9c2f20">Unsubscribe</a></p>
</td></tr></table></div></body></html>
"""
TEXT = """The Courier

Night ferry saved by four votes

The council kept the night ferry on Thursday.
https://courier.example/ferry

A boat and its bread

Bakers sail at four, says their guild.
https://courier.example/bread

Unsubscribe:
https://courier.example/leave?reader=x1
"""
HEADERS = {
    "From": "The Courier <news@courier.example>",
    "To": "Nora Quill <nora@post.example>",
    "Subject": "The Courier: Night ferry saved by four votes",
    "Date": "Sun, 22 Nov 2026 07:30:00 +0100",
    "Message-ID": "<1234@courier.example>",
    "List-Unsubscribe": "<https://courier.example/leave?reader=x1>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}

Swap = tuple[str, str]


def message(
    *,
    html: str | None = HTML,
    text: str | None = TEXT,
    headers: Mapping[str, str | None] | None = None,
) -> bytes:
    """The message, with other parts or none, other headers or fewer."""
    made = EmailMessage(policy=SMTP)
    if text is not None:
        made.set_content(text, cte="quoted-printable")
    if html is not None and text is not None:
        made.add_alternative(html, subtype="html", cte="quoted-printable")
    elif html is not None:
        made.set_content(html, subtype="html", cte="quoted-printable")
    lines = [
        f"{name}: {value}\r\n" for name, value in {**HEADERS, **(headers or {})}.items() if value
    ]
    return "".join(lines).encode() + made.as_bytes()


def swapped(part: str, *swaps: Swap) -> str:
    """``part`` with words of it changed; each must be there."""
    for old, new in swaps:
        assert old in part
        part = part.replace(old, new)
    return part


def faults(raw: bytes) -> list[Finding]:
    """The errors and warnings in a message."""
    return list(gate(inspect(raw).findings, Level.WARNING))
