"""Hindi time expressions: our reader and the dateparser library on the cases of testkit/date_cases.csv.

    python -m benchmarks.dates [--quick] [--json] [--cases testkit/date_cases.csv]

testkit/date_cases.py defines the scores `days`, `periods` and `silent`. `--quick` reads every fifth case.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from testkit.date_cases import CASES_FILE, read_cases, read_dateparser, read_ours, score


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, default=CASES_FILE)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    cases = read_cases(chosen.cases)[:: 5 if chosen.quick else 1]
    scores = {"ours": score(cases, read_ours), "dateparser": score(cases, read_dateparser)}
    if chosen.json:
        print(json.dumps({"cases": len(cases), **{name: asdict(s) for name, s in scores.items()}}, indent=2))
        return
    print(f"{len(cases)} cases{'days':>12}{'periods':>9}{'silent':>8}")
    for name, s in scores.items():
        print(f"{name:12}{s.days:10.2f}{s.periods:9.2f}{s.silent:8.2f}")


if __name__ == "__main__":
    main()
