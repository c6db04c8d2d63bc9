"""The command line of sunto: options in, the library called, the result printed."""

import importlib
import sys

import click

from commands.failures import INTERRUPTED, one_line
from models.errors import SuntoError
from models.version import VERSION

COMMANDS = ("summarize", "batch", "digest", "translate", "check", "clean", "claims", "models")


class LazyGroup(click.Group):
    """Commands are modules of `commands/`, imported when they are asked for: start-up counts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of that name and take its `command`."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"commands.{cmd_name}").command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "--version", prog_name="sunto")
def cli() -> None:
    """Italian news in, a faithful English account out: who blames whom for what, and who denies it.

    Results go to stdout, everything else to stderr; `-` is stdin. Exit codes: 0 all good, 1 at least one input
    failed (the others are done), 2 wrong usage.

    \b
      python cli.py summarize article.txt
      python cli.py translate "Il governo ha smentito la notizia."
      python cli.py clean --explain page.html
    """


def main() -> None:
    """Run the command line; an error sunto knows is one line on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(cli.main(prog_name="sunto", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("sunto: stopped", err=True)
        sys.exit(INTERRUPTED)
    except SuntoError as error:
        click.echo(f"sunto: {one_line(error)}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
