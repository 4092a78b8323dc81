"""Meetings: who met whom, from the case markers around a trigger word."""
