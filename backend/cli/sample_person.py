"""The sample program's manager, as whom a newcomer looks around."""

MANAGER = "joan.ellery@harbourvale.example"
