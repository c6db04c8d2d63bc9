"""What can go wrong, as one tree.

SuntoError
├── ModelError
│   ├── WeightsMissing      the base weights are not on this machine
│   ├── WeightsAltered      a weights file is not the one its hash names
│   ├── UnknownModel        no model of that name
│   ├── WrongModel          a folder that holds no model sunto can use
│   ├── CacheUnwritable     the cache folder cannot be written
│   ├── DiskFull            the disk filled up while a model was written
│   ├── BuildFailed         the model could not be built for another reason
│   └── PullFailed          a model could not be fetched from the hub
└── InputError              (summarize.errors) the input cannot be used

Every message says in one line what happened, where, and what to do.
"""


class SuntoError(Exception):
    """The root of everything that sunto raises on purpose; `str()` of it is one line for the user."""


class ModelError(SuntoError):
    """A model cannot be found, built or used."""


class WeightsMissing(ModelError):
    """The base weights are not on this machine."""


class WeightsAltered(ModelError):
    """A weights file differs from the one its SHA-256 names."""


class UnknownModel(ModelError):
    """No model has that name, or the folder does not exist."""


class WrongModel(ModelError):
    """A folder holds something that is no model sunto can use."""


class CacheUnwritable(ModelError):
    """The folder for built models cannot be written."""


class DiskFull(ModelError):
    """The disk filled up while a model was being written; nothing half-written stays."""


class BuildFailed(ModelError):
    """The model could not be built."""


class PullFailed(ModelError):
    """A model could not be fetched from the hub."""
