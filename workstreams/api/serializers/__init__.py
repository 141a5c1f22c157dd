"""What the API shows and takes of the work, a file per noun."""
