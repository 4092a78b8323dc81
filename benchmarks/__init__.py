"""Benchmarks: one module for each question; every module prints ratios measured in one run."""
