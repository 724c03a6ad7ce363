"""Documents over HTTP: politely to their servers, safely for the machine it runs on."""

from digest.sources.http.answer import Response, Validators
from digest.sources.http.faults import Fault, FetchError
from digest.sources.http.fetcher import Fetcher, user_agent
from digest.sources.http.hosts import Limits

__all__ = ["Fault", "FetchError", "Fetcher", "Limits", "Response", "Validators", "user_agent"]
