#!/bin/sh
# Builds the program as it is shipped: Swift's runtime is in it, and what it never asks for is not.
#
# usage: deploy/image/program.sh FILE [OPTION OF swift build]...
# Wants python3, binutils, and a toolchain of Swift with its static libraries, clang and lld.
set -eu

file=$(realpath --canonicalize-missing "$1")
shift
cd "$(dirname "$0")/../.."

# A third of the program would be ICU's data on languages.
mkdir -p .build/icu-data
python3 deploy/image/icu-data.py \
    "$(dirname "$(realpath "$(command -v swift)")")/../lib/swift_static/linux/lib_FoundationICU.a" .build/icu-data

# Equal functions once; and the names of functions are nobody's to look up.
swift build --configuration release --product sabueso --static-swift-stdlib -Xswiftc -use-ld=lld \
    -Xlinker "--remap-inputs=*/lib_FoundationICU.a=$PWD/.build/icu-data/lib_FoundationICU.a" \
    -Xlinker --icf=safe -Xlinker --no-export-dynamic "$@"
install --strip -D "$(swift build --configuration release --show-bin-path)/sabueso" "$file"
