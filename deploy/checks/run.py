#!/usr/bin/env python3
"""usage: run.py queries|metrics|shown|boards|alerts|collectors|agreement

Prints what is wrong, one line each, and exits 1 when something is.
"""
import sys

import agreement
import alerts
import boards
import collectors
import queries
import shown

CHECKS = {
    "queries": lambda: queries.problems(queries.everything()),
    "metrics": lambda: queries.unknown_metrics(queries.everything()),
    "shown": shown.check,
    "boards": boards.check,
    "alerts": alerts.check,
    "collectors": collectors.check,
    "agreement": agreement.check,
}


def main(arguments):
    if len(arguments) != 1 or arguments[0] not in CHECKS:
        print(__doc__.split("\n", maxsplit=1)[0], file=sys.stderr)
        return 2
    wrong = CHECKS[arguments[0]]()
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
