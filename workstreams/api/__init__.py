"""The API door of the work in programs."""
