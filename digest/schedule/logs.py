"""What the scheduler tells of its work: a line of JSON for each event, on stderr."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

LOGGER = logging.getLogger("digest.schedule")


class JsonFormatter(logging.Formatter):
    """An event as one line: when, how grave, what, and the values that came with it."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **{key: it for key, it in getattr(record, "values", {}).items() if it},
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def configure() -> None:
    """Send the scheduler's events, and warnings of anything else, to stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    LOGGER.setLevel(logging.INFO)


def tell(event: str, level: int = logging.INFO, *, trace: bool = False, **values: object) -> None:
    """Tell of an event; ``trace`` adds where the exception in hand came from."""
    LOGGER.log(level, event, extra={"values": values}, exc_info=trace)
