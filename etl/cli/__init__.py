"""The `mulaqat` command."""
