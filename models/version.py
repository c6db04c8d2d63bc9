"""The release: what `--version` says and what every signature holds."""

VERSION = "0.1.0"
