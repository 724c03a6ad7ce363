"""An SMTP client that knows at every moment whether a message may have arrived."""

from digest.delivery.smtp.faults import BusyError, ServerError
from digest.delivery.smtp.probe import probe
from digest.delivery.smtp.send import send_all
from digest.delivery.smtp.values import (
    Account,
    Limits,
    Mail,
    Mechanism,
    Phase,
    Probe,
    Result,
    Security,
    Server,
    Trace,
)

__all__ = [
    "Account",
    "BusyError",
    "Limits",
    "Mail",
    "Mechanism",
    "Phase",
    "Probe",
    "Result",
    "Security",
    "Server",
    "ServerError",
    "Trace",
    "probe",
    "send_all",
]
