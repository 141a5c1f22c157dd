"""Template tags and filters that every page may load: `shell` (capture, icon) and `reader`."""
