"""An issue becomes an edition: HTML that survives the mail clients, and text of the same words."""

from __future__ import annotations

from digest.render.budget import fit
from digest.render.edition import render

__all__ = ["fit", "render"]
