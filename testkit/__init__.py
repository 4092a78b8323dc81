"""Made-up news, local servers and Airflow services for tests and benchmarks."""
