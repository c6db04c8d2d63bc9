"""What a batch adds to the tree of errors.

SuntoError
├── InputError
│   ├── SpecialFile     a pipe, a socket, a device, a folder where a file was named
│   ├── BrokenLink      a link to nowhere, or to itself
│   ├── CannotRead      the system refuses to open or to list it
│   └── CorruptArchive  gzip or zstd that cannot be expanded
└── BatchError          the run itself cannot go on; what is done stays done
    ├── OutputUnwritable
    └── JournalDamaged
"""

from models.errors import SuntoError
from summarize.errors import InputError


class SpecialFile(InputError):
    """Not a regular file: reading it could block for ever."""


class BrokenLink(InputError):
    """A link that leads nowhere or in a circle."""


class CannotRead(InputError):
    """The system refuses to open the file or to list the folder."""


class CorruptArchive(InputError):
    """A compressed file that cannot be expanded."""


class BatchError(SuntoError):
    """The run cannot go on; everything finished so far is safe and the next run takes it up."""


class OutputUnwritable(BatchError):
    """The output folder cannot be written: full, read-only, or somebody else's."""


class JournalDamaged(BatchError):
    """The journal is no journal of this version."""
