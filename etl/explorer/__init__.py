"""Mulaqat Explorer: a read-only web UI over the published warehouse. It does not depend on Airflow."""
