"""Clean, annotate, resolve: pure functions from records to records."""
