"""The API door of the inbox."""
