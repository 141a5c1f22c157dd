"""The pages that join all apps: one file a page."""
