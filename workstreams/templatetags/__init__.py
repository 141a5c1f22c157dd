"""Template tags of the joined pages: `lanes` draws the marks of a plan."""
