"""Load the partitions of a plan and publish after each, in a process that a test may kill.

python -m tests.faults.load_and_publish PLAN WORKING PUBLISHED
"""

import pickle
import sys
from pathlib import Path

from etl.warehouse.load import load_partition
from etl.warehouse.publish import publish
from tests.warehouse.newsroom import NOW


def main() -> None:
    """Do what a run's load and publish tasks do, all of it again when started again."""
    plan, working, published = map(Path, sys.argv[1:])
    for files in pickle.loads(plan.read_bytes()):
        load_partition(working, files, run_key=f"run-{files.partition_day}", now=NOW)
        publish(working, published)


if __name__ == "__main__":
    main()
