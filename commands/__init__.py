"""One file a command; each holds a click command named `command` and no logic beyond options and printing."""
