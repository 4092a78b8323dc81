"""Load the partitions of a plan, audit and publish after each, in a process that a test can kill.

python -m testkit.faults.load_and_publish PLAN

PLAN is a pickled `Plan`.
"""

import pickle
import sys
from dataclasses import dataclass
from pathlib import Path

from tenacity import retry, retry_if_exception_type, stop_after_attempt

from etl.domain.plan import RunContext
from etl.errors import TransientError
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.audit import audit_warehouse
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.publish import publish
from testkit.newsroom import NOW


@dataclass(frozen=True)
class Plan:
    """Partitions to load, in order, and the databases."""

    partitions: tuple[PartitionFiles, ...]
    working: WarehousePlace
    published: WarehousePlace


def main() -> None:
    """Run the load, audit and publish steps of a run, with retries; a new start repeats all of them."""
    plan: Plan = pickle.loads(Path(sys.argv[1]).read_bytes())
    again = retry(retry=retry_if_exception_type(TransientError), stop=stop_after_attempt(5))
    for files in plan.partitions:
        run = RunContext(f"run-{files.partition_day}", NOW)
        again(load_partition)(plan.working, files, run)
        again(audit_warehouse)(plan.working, run)
        again(publish)(plan.working, plan.published)


if __name__ == "__main__":
    main()
