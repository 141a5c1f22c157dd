"""The API door of programs."""
