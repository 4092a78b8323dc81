"""Clean, annotate and resolve articles: pure functions from domain records to domain records."""
