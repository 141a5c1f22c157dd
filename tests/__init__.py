"""The tests: a folder for each app, a file for each room; the product never imports them."""
