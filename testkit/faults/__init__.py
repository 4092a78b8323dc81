"""Harm for fault campaigns."""
