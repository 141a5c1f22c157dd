"""`python -m backend.cli` is `tracker`, on a machine whose PATH has none."""

from backend import cli

if __name__ == "__main__":
    cli.entry()
