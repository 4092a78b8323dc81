"""Mulaqat Explorer: the published warehouse as pages to look at. It knows nothing of Airflow and changes nothing."""
