"""`tracker doctor`: the whole configuration and what is wrong with the installation."""

import argparse
from collections.abc import Sequence

import django

from backend.cli import checks
from backend.cli.runner import FAILED, note, write
from backend.settings import environment


def doctor(arguments: argparse.Namespace) -> int:
    """List every setting and every finding on stdout; say on stderr what to do, one line for each thing wrong."""
    write("Configuration")
    for variable in environment.CATALOGUE:
        write(f"  {variable.name:<20} {variable.source:<11} {variable.shown or f'({variable.help})'}")
    remedies = [*environment.problems(), *_misspelt()]
    if environment.problems():
        return _conclude(remedies)
    django.setup()
    write("Checks")
    for finding in checks.all_findings():
        write(f"  {finding.name:<20} {'WRONG' if finding.remedy else 'ok':<11} {finding.words}")
        if finding.remedy:
            remedies.append(f"{finding.name}: {finding.remedy}")
    return _conclude(remedies)


def _misspelt() -> list[str]:
    return [f"{name} is no variable of this product: correct its name, or remove it." for name in environment.unknown()]


def _conclude(remedies: Sequence[str]) -> int:
    for remedy in remedies:
        note(f"tracker: {remedy}")
    return FAILED if remedies else 0
