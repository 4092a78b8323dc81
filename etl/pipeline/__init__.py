"""One module a stage runner: a task imports the one it runs."""
