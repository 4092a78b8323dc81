"""How the cost of cleaning and resolving one article grows with its length, for texts that once cost too much.

    python -m benchmarks.text_costs [--quick] [--json]

Each text is measured at four lengths, each twice the one before. A linear stage takes about twice as long at each step
(ratio 2), a quadratic one four times. Seconds are of the processor and depend on the machine; ratios do not. Memory is
the peak of Python's and the aligner's allocations, in MB. Sentences are annotated before the clock starts.
"""

import argparse
import json
from itertools import pairwise

from etl.transform.limits import MAX_ARTICLE_CHARS, MAX_LINE_CHARS
from testkit.text_costs import (
    LINES,
    make_article,
    measure_articles,
    measure_lines,
    measure_resolve,
    peak_megabytes,
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a quarter of the length")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    part = 4 if options.quick else 1
    line = LINES["changed spaces"](MAX_LINE_CHARS // part)
    rows = (
        measure_lines(MAX_ARTICLE_CHARS // part)
        | measure_articles(MAX_LINE_CHARS // part)
        | measure_resolve(2_000 // part)
    )
    memory = peak_megabytes(lambda: make_article(line))
    if options.json:
        print(json.dumps({"seconds": rows, "peak_megabytes": memory}, ensure_ascii=False))
        return
    print(f"{'':<42}{'seconds':>8}  ratio at each doubling")
    for name, seconds in rows.items():
        ratios = "  ".join(f"{later / max(earlier, 1e-6):.1f}" for earlier, later in pairwise(seconds))
        print(f"{name:<42}{seconds[-1]:>8.2f}  {ratios}")
    print(f"memory of cleaning a line of {len(line):,} characters: {memory:.0f} MB")


if __name__ == "__main__":
    main()
