"""Pre-editing: the Italian as small models read it best, before it is translated.

What they misread although its sense is sure is said in another way: typing errors, abbreviations, numerals in words.
"""

from models.preediting.abbreviations import spelled_out
from models.preediting.digits import in_digits
from models.preediting.typos import corrected


def edited(text: str) -> str:
    """The text without typing errors, abbreviations and numerals that models misread."""
    return in_digits(spelled_out(corrected(text)))
