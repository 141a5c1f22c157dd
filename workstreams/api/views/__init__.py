"""The REST door of the work, a file per noun."""
