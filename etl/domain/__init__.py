"""What the stages pass to each other: frozen records, ids, days, Hindi folding. No I/O."""
