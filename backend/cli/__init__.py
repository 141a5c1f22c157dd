"""The command line, `tracker`: what may be typed is declared here, what it does is loaded when it is asked for."""

import os
import pkgutil
import sys
from collections.abc import Sequence

from backend.cli import parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = parser.build().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    # Loaded by name: help answers at once, and the supervisor stays a small process.
    run = pkgutil.resolve_name("backend.cli.runner:run")
    return int(run(arguments))


def entry() -> None:
    """Be the console script."""
    sys.exit(main())
