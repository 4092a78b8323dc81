"""Mulaqat: who met whom, when and where, read from Hindi news."""

__version__ = "0.1.0"
