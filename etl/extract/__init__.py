"""Collect: bring articles in and keep them raw."""
