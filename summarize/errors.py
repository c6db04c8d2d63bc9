"""Errors of the input, below the root that all of sunto shares.

SuntoError
├── ModelError              (models.errors)
├── InputError
│   ├── NotFound            no such file, or it cannot be opened
│   ├── EmptyInput          nothing in it
│   ├── BinaryInput         not a text: a picture, an archive, NUL bytes
│   ├── UndecodableInput    broken UTF-8 that no other encoding explains
│   ├── TooLarge            more text than sunto reads
│   ├── NotItalian          another language
│   └── NothingLeft         only boilerplate
└── GlossaryError           a glossary with a bad line
"""

from models.errors import SuntoError


class InputError(SuntoError):
    """The input cannot be used."""


class NotFound(InputError):
    """No such file, or it cannot be opened."""


class EmptyInput(InputError):
    """There is nothing in it."""


class BinaryInput(InputError):
    """Not a text."""


class UndecodableInput(InputError):
    """Bytes that no encoding explains."""


class TooLarge(InputError):
    """More text than sunto reads."""


class NotItalian(InputError):
    """Text in another language."""


class NothingLeft(InputError):
    """All of the text is boilerplate."""


class GlossaryError(SuntoError):
    """A glossary with a line that cannot be used."""
