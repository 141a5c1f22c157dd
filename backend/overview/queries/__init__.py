"""What the pages that join all apps read: one file a page."""
