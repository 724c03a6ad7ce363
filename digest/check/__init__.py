"""What is wrong with a message before it goes out, where, why, and how to mend it."""

from digest.check.finding import Finding, Level, by_weight, gate, of_editions
from digest.check.inspection import Inspection, findings_of, inspect, inspect_proof
from digest.check.links import web_links
from digest.check.proof import Proof, open_proof
from digest.check.size import CLIP, Gauge
from digest.check.spam import check_spam

__all__ = [
    "CLIP",
    "Finding",
    "Gauge",
    "Inspection",
    "Level",
    "Proof",
    "by_weight",
    "check_spam",
    "findings_of",
    "gate",
    "inspect",
    "inspect_proof",
    "of_editions",
    "open_proof",
    "web_links",
]
