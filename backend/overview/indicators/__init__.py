"""Figures and geometry of the pages that join all apps: from values alone, one file a figure."""
