"""sunto: Italian news in, a faithful English account out.

The public face of the library; everything else is private and may change.

    >>> from summarize import claims, clean, check, summarize, translate
"""

from models.errors import ModelError, SuntoError
from summarize.api import check, claims, clean, summarize, translate
from summarize.document import (
    Article,
    Claim,
    Claims,
    Finding,
    Metadata,
    Paragraph,
    Rendition,
    Report,
    Sentence,
    Speaker,
    Strength,
    Summary,
)
from summarize.errors import GlossaryError, InputError

__all__ = [
    "Article",
    "Claim",
    "Claims",
    "Finding",
    "GlossaryError",
    "InputError",
    "Metadata",
    "ModelError",
    "Paragraph",
    "Rendition",
    "Report",
    "Sentence",
    "Speaker",
    "Strength",
    "Summary",
    "SuntoError",
    "check",
    "claims",
    "clean",
    "summarize",
    "translate",
]
