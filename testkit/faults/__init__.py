"""Fault injection: the faults, the Airflow they are injected into, and the processes that are killed."""
