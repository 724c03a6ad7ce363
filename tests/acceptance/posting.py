"""A user's folder with articles, recipients and a server, and what the server received."""

from __future__ import annotations

import email
import email.policy
import json
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from digest.mail import read_recipients
from digest.model import Recipient
from digest.wiring import open_ledger, open_recipients, project
from tests.builders import Project, plain_text
from tests.smtpserver import Message, SmtpServer

#: The link by which readers leave, one header line of 200 characters and more.
LEAVE = f"https://courier.example/leave?from={'letter' * 20}&reader={{token}}"
QUICK = 'per_second = 0\nretries = ["1 second"]\npatience = "5 seconds"\n'


@dataclass(frozen=True)
class Post:
    """What goes out of a folder to a server on this machine."""

    project: Project
    server: SmtpServer
    #: Lines of ``[newsletter]`` and of ``[smtp]``.
    newsletter: str = f'unsubscribe = "{LEAVE}"\n'
    smtp: str = QUICK
    #: Further tables.
    more: str = ""
    #: Lines of the list of recipients.
    readers: tuple[str, ...] = field(
        default=("email", "ada@elsby.example", "ben@elsby.example", "cy@elsby.example")
    )

    def __post_init__(self) -> None:
        self.configure()
        for number in range(2):
            self.project.write(f"seeds/{number}.txt", plain_text(number))

    def configure(self, **changes: str) -> None:
        """Write ``digest.toml``, with other lines for the tables named in ``changes``."""
        given = {"newsletter": self.newsletter, "smtp": self.smtp, "more": self.more} | changes
        self.project.write(
            "digest.toml",
            '[newsletter]\nfrom = "The Courier <news@courier.example>"\ntimezone = "UTC"\n'
            f"{given['newsletter']}\n"
            f'[smtp]\nhost = "127.0.0.1"\nport = {given.get("port", self.server.port)}\n'
            f"{given['smtp'] if 'security' in given['smtp'] else SECURITY + given['smtp']}\n"
            f"{given['more']}\n",
        )

    def join(self) -> None:
        """Put everybody on the list, as ``digest recipients import`` does."""
        here = project(None, folder=self.project.folder)
        rows = read_recipients(self.readers, where="readers.csv")
        with open_recipients(here) as known:
            assert (
                known.put(it for it in rows if isinstance(it, Recipient)) == len(self.readers) - 1
            )

    def tally(self) -> dict[str, int]:
        """How many recipients of the last issue stand where."""
        with open_ledger(project(None, folder=self.project.folder)) as ledger:
            [last, *_] = ledger.issues("digest")
            return ledger.sends.tally(last["id"])

    def status(self) -> dict[str, Any]:
        """How the last issue stands, recipient by recipient."""
        [last, *_] = json.loads(self.project.digest("status", "--json").stdout)["issues"]
        [told] = json.loads(self.project.digest("status", last["id"], "--json").stdout)
        assert isinstance(told, dict)
        return told


SECURITY = 'security = "none"\n'


def parsed(message: Message | bytes) -> EmailMessage:
    """The message as the standard library reads it, which finds no fault with it."""
    raw = message.data if isinstance(message, Message) else message
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    assert not [header for header in found.values() if header.defects]
    return found


def part(message: EmailMessage, kind: str) -> str:
    """The decoded HTML or text of a message."""
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\r\n", "\n")
