#!/usr/bin/env python3
"""Makes Package.resolved with the versions of packages.txt.

usage: resolve.py [--write]

Without --write it is an error when a package is not on the list, or when its version on the list cannot be had. With
--write the newest versions that Package.swift allows are taken, and the list is written anew; commit it.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LIST = ROOT / "deploy" / "release" / "packages.txt"
RESOLVED = ROOT / "Package.resolved"


class Failure(Exception):
    """Ends the program with its text."""


def swift(*words):
    command = ["swift", "package", "--package-path", str(ROOT), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise Failure(f"{' '.join(command)} failed: {last}")


def resolved():
    """The versions that were chosen, by package; of one without a version its revision."""
    pins = json.loads(RESOLVED.read_text())["pins"]
    return {pin["identity"]: pin["state"].get("version") or pin["state"]["revision"] for pin in pins}


def listed():
    lines = [line.split() for line in LIST.read_text().splitlines() if line and not line.startswith("#")]
    return {identity: version for identity, version in lines}


def write():
    swift("update")
    notes = [line for line in LIST.read_text().splitlines() if line.startswith("#")]
    LIST.write_text("\n".join(notes + [f"{identity} {version}" for identity, version in sorted(resolved().items())]) + "\n")


def other(wanted):
    """What is not as it shall be, in words."""
    found = resolved()
    return [f"{identity} {found.get(identity, 'is not used')}, listed {wanted.get(identity, 'nowhere')}"
            for identity in sorted(found.keys() | wanted.keys()) if found.get(identity) != wanted.get(identity)]


def resolve():
    wanted = listed()
    swift("resolve")
    for identity, version in sorted(wanted.items()):
        if resolved().get(identity, version) != version:
            swift("resolve", identity, "--version", version)
    if wrong := other(wanted):
        raise Failure("the Swift packages are not those of deploy/release/packages.txt: " + "; ".join(wrong)
                      + ". deploy/release/resolve.py --write lists what Package.swift leads to; commit it")


def main():
    if sys.argv[1:] not in ([], ["--write"]):
        sys.exit(__doc__)
    try:
        if sys.argv[1:]:
            write()
        else:
            resolve()
    except Failure as failure:
        sys.exit(f"resolve.py: {failure}")


if __name__ == "__main__":
    main()
