"""Collect articles: fetch them or read them from files, and store them raw."""
