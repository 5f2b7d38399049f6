#!/usr/bin/env python3
"""Writes what a release is made of, as CycloneDX 1.6.

usage: sbom.py --resolved Package.resolved --version VERSION --epoch SECONDS --binary PATH [--revision COMMIT]

Swift packages are those that Package.resolved pins: what SwiftPM chose from, some of it may not be linked. Debian packages
are those that the program's libraries belong to on this machine, with their versions; the image is built later, and keeps
the list of its own packages in /var/lib/dpkg/status.d, where scanners look. The same input gives the same bytes.
"""
import argparse
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import urllib.parse
import uuid

# A name space for serial numbers made of a document's content; any fixed one does.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/schema/bom-1.6.schema.json")


def swift_component(pin):
    state = pin["state"]
    # pkg:swift/<host and owner>/<name>@<version>, by the list of types of package URLs.
    place = urllib.parse.urlsplit(pin["location"])
    path = (place.netloc + place.path).removesuffix("/").removesuffix(".git")
    version = state.get("version") or state["revision"]
    url = f"pkg:swift/{urllib.parse.quote(path)}@{urllib.parse.quote(version, safe='')}"
    return {
        "type": "library",
        "bom-ref": url,
        "name": path.rsplit("/", 1)[-1],
        "version": version,
        "purl": url,
        "externalReferences": [{"type": "vcs", "url": pin["location"]}],
        "properties": [{"name": "swift:revision", "value": state["revision"]}],
    }


def debian_release():
    """`debian-12`, from this machine."""
    text = ""
    if os.path.exists("/etc/os-release"):
        with open("/etc/os-release", encoding="utf-8") as file:
            text = file.read()
    found = {key: value.strip('"') for key, value in re.findall(r"^(ID|VERSION_ID)=(.*)$", text, re.M)}
    return f"{found['ID']}-{found['VERSION_ID']}" if len(found) == 2 else None


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}).stdout
    except FileNotFoundError:
        return ""


def libraries(binary):
    """The files of the libraries that it is linked to; none for what is no program."""
    return sorted(set(re.findall(r"=> (/\S+)|^\s+(/\S+) \(0x", output("ldd", binary), re.M)))


def debian_packages(binary):
    """(name, version, architecture) of each package that one of the libraries belongs to."""
    packages = set()
    for pair in libraries(binary):
        file = pair[0] or pair[1]
        # Debian's own list may know it by its name from before /lib became a link to /usr/lib.
        owners = ""
        for name in (file, os.path.realpath(file), file.removeprefix("/usr"), os.path.realpath(file).removeprefix("/usr")):
            owners = owners or output("dpkg-query", "--search", name)
        for owner in re.findall(r"^([a-z0-9][a-z0-9+.:-]*): /", owners, re.M):
            shown = output("dpkg-query", "--show", "--showformat", "${Package} ${Version} ${Architecture}\n", owner)
            packages |= {tuple(line.split()) for line in shown.splitlines()}
    return sorted(packages)


def debian_component(package, release):
    name, version, architecture = package
    qualifiers = f"?arch={architecture}" + (f"&distro={release}" if release else "")
    distribution = release.split("-")[0] if release else "debian"
    url = f"pkg:deb/{distribution}/{urllib.parse.quote(name)}@{urllib.parse.quote(version, safe='')}{qualifiers}"
    return {"type": "library", "bom-ref": url, "name": name, "version": version, "purl": url}


def bill(resolved, version, epoch, binary, revision=None):
    with open(binary, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    release = debian_release()
    components = [swift_component(pin) for pin in resolved["pins"]]
    components += [debian_component(package, release) for package in debian_packages(binary)]
    components.sort(key=lambda component: component["bom-ref"])
    program = {
        "type": "application",
        "bom-ref": f"pkg:generic/sabueso@{version}",
        "name": "sabueso",
        "version": version,
        "purl": f"pkg:generic/sabueso@{version}",
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
    if revision:
        program["properties"] = [{"name": "git:revision", "value": revision}]
    time = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": time, "component": program},
        "components": components,
        # Which package needs which is not in Package.resolved.
        "compositions": [{"aggregate": "incomplete", "assemblies": [program["bom-ref"]]}],
    }
    content = json.dumps(document, sort_keys=True)
    document["serialNumber"] = uuid.uuid5(NAMESPACE, content).urn
    return document


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--resolved", required=True)
    options.add_argument("--version", required=True)
    options.add_argument("--epoch", required=True, type=int)
    options.add_argument("--binary", required=True)
    options.add_argument("--revision")
    options = options.parse_args()
    with open(options.resolved, encoding="utf-8") as file:
        resolved = json.load(file)
    json.dump(bill(resolved, options.version, options.epoch, options.binary, options.revision), sys.stdout, indent=2, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
