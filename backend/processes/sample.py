"""Who signs in to look around the sample program."""

# Its program manager.
MANAGER = "joan.ellery@harbourvale.example"
