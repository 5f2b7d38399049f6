#!/usr/bin/env python3
"""Writes the Unicode data that Swift's Foundation is linked with, without what this program never asks for.

usage: icu-data.py lib_FoundationICU.a FOLDER

Foundation brings ICU, and ICU brings 34 MB of data about some 250 languages and 200 character sets. The program speaks in
words of its own, and its texts are UTF-8. What is kept: properties of characters, normalisation, time zones, calendars,
numbers and currencies, in the languages `root` and `en`. FOLDER then has the same library with that in the place of its own
data.

The form is ICU's common data: https://unicode-org.github.io/icu/userguide/icu_data/ and udata.h. Binutils and clang have to
be there.
"""
import pathlib
import re
import shutil
import struct
import subprocess
import sys

# Of the language trees (top, curr, zone, brkitr): any language but those that are kept.
LANGUAGE = re.compile(r"(?:.*/)?(?!en(?:_001|_US)?\.)[a-z]{2,3}(?:_\w*)?\.res")
# Character sets, dictionaries that break Thai or Japanese into words, rules to break lines and to sort by, names of
# languages, regions and units, transliterations, numbers as words, characters' names, profiles of stringprep.
UNASKED = re.compile(r".*\.(?:cnv|dict|cfu|spp)|(?:coll|lang|rbnf|region|translit|unit)/.*"
                     r"|unames\.icu|brkitr/line_.*|.*_lstm.*")
ALIGNMENT = 16
# Less than this would be a wrong guess at the items' names.
LEAST_KEPT = 500_000


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def items(data, contents):
    """Name and bytes of each item, in the order of the table: 32-bit offsets of names and of data from `contents`."""
    count = struct.unpack_from("<I", data, contents)[0]
    table = [struct.unpack_from("<II", data, contents + 4 + 8 * index) for index in range(count)]
    ends = [start for _, start in table[1:]] + [len(data) - contents]
    for (name, start), end in zip(table, ends):
        name = data[contents + name:data.index(b"\0", contents + name)].decode("ascii")
        yield name, data[contents + start:contents + end]


def packed(header, kept):
    """The header, the table, the names, and the items, each aligned."""
    names, offsets = b"", []
    first_name = 4 + 8 * len(kept)
    for name, _ in kept:
        offsets.append(first_name + len(names))
        names += name.encode("ascii") + b"\0"
    position = first_name + len(names)
    table, body = struct.pack("<I", len(kept)), names
    for (_, content), name in zip(kept, offsets):
        padding = -(len(header) + position) % ALIGNMENT
        body += b"\xaa" * padding + content
        table += struct.pack("<II", name, position + padding)
        position += padding + len(content)
    return header + table + body


def main(archive, folder):
    folder = pathlib.Path(folder)
    symbol, member = None, None
    for line in run("nm", "--defined-only", "--print-file-name", archive).decode().splitlines():
        if found := re.search(r":([^:]+): ?[0-9a-f]+ R (icudt[0-9]+_dat)$", line):
            member, symbol = found.groups()
    if symbol is None:
        sys.exit(f"icu-data.py: {archive} has no symbol icudtNN_dat: has this version of Swift its data elsewhere?")
    (folder / member).write_bytes(run("ar", "p", archive, member))
    run("objcopy", "--output-target", "binary", "--only-section", ".rodata*", folder / member, folder / "all.dat")
    data = (folder / "all.dat").read_bytes()
    size = struct.unpack_from("<H", data)[0]
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD":
        sys.exit(f"icu-data.py: {symbol} of {archive} is not ICU's common data")
    kept = []
    for name, content in items(data, size):
        path = name.partition("/")[2]
        if not LANGUAGE.fullmatch(path) and not UNASKED.fullmatch(path):
            kept.append((name, content))
    result = packed(data[:size], kept)
    if not LEAST_KEPT < len(result) < len(data):
        sys.exit(f"icu-data.py: {len(result)} bytes of {len(data)} are left: the items' names are not as expected")
    (folder / "icu-data.dat").write_bytes(result)
    (folder / "icu-data.s").write_text(
        f'.section .rodata\n.globl {symbol}\n.balign {ALIGNMENT}\n{symbol}:\n.incbin "{folder}/icu-data.dat"\n'
        f'.size {symbol}, .-{symbol}\n.type {symbol}, %object\n.section .note.GNU-stack,"",%progbits\n')
    run("clang", "-c", "-o", folder / member, folder / "icu-data.s")
    library = folder / pathlib.Path(archive).name
    shutil.copyfile(archive, library)
    run("ar", "rD", library, folder / member)
    print(f"{len(kept)} items of ICU's data, {len(result)} bytes of {len(data)}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__.splitlines()[2])
    main(*sys.argv[1:])
