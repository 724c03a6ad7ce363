"""The ways that lead to the operator: a program, and a message by the configured server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from digest.alerts import Bell, Check, command, moments
from digest.config import SmtpTable
from digest.delivery.smtp import Mail, Result
from digest.errors import DigestError
from digest.mail import parse_mailbox
from digest.model import State
from digest.wiring.mail import send_one, server
from digest.wiring.project import Project

#: Characters of an alert that its subject shows.
_SUBJECT = 120
#: Seconds that the server may take: some let everybody wait before they greet.
_PATIENCE = 20.0


def bells(project: Project, clock: Callable[[], datetime]) -> tuple[Bell, ...]:
    """What rings for the operator, as ``[alerts]`` says."""
    alerts, smtp = project.settings.alerts, project.settings.smtp
    by_command = (command(alerts.command),) if alerts.command else ()
    by_mail = (_by_mail(project, smtp, alerts.to, clock),) if alerts.to and smtp else ()
    return (*by_command, *by_mail)


def _by_mail(project: Project, smtp: SmtpTable, to: str, clock: Callable[[], datetime]) -> Bell:
    def ring(text: str, *, check: Check = lambda: None) -> None:
        sender = parse_mailbox(project.newsletter.sender)
        mail = Mail(
            key="alert",
            sender=smtp.bounces or str(sender.address),
            recipient=str(parse_mailbox(to).address),
            data=_message(text, str(sender.address), to, clock()),
        )
        sending = send_one(mail, server(smtp, base=project.base), None)
        result = asyncio.run(_within(moments("alerts.to", smtp.host, _PATIENCE, check), sending))
        if result.state is not State.ACCEPTED:
            raise DigestError("alerts.to", str(result))

    return ring


async def _within(pauses: Iterator[float], work: Coroutine[None, None, Result]) -> Result:
    """What ``work`` comes to, unless ``pauses`` raises before."""
    task = asyncio.create_task(work)
    try:
        for pause in pauses:
            if (await asyncio.wait([task], timeout=pause))[0]:
                break
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return task.result()


def _message(text: str, sender: str, to: str, now: datetime) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = f"digest <{sender}>", str(parse_mailbox(to).address)
    first, *others = text.splitlines()
    message["Subject"] = first[:_SUBJECT] + (f" (and {len(others)} more)" if others else "")
    message["Date"] = format_datetime(now)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes back
    message.set_content(text, cte="quoted-printable")
    return message.as_bytes(policy=SMTP)
