"""From an edition to the bytes of a message, and the lists of those who receive it."""

from digest.addresses import Address, Mailbox, parse_address, parse_mailbox
from digest.mail.dkim import Signer, load_signer
from digest.mail.letter import FormLetter, form_letter
from digest.mail.message import compose
from digest.mail.recipients import read_recipients, write_recipients
from digest.mail.topics import chosen, for_topics, sections_key
from digest.mail.unsubscribe import Leaver, make_token, read_token, reader_id

__all__ = [
    "Address",
    "FormLetter",
    "Leaver",
    "Mailbox",
    "Signer",
    "chosen",
    "compose",
    "for_topics",
    "form_letter",
    "load_signer",
    "make_token",
    "parse_address",
    "parse_mailbox",
    "read_recipients",
    "read_token",
    "reader_id",
    "sections_key",
    "write_recipients",
]
