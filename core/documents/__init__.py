"""Texts that people write in YAML 1.2, read with their lines, and the faults that are found in them."""
