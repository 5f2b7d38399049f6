"""Makes a release of this commit twice, with a program that is none, and looks at what comes out."""
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest

DEPLOY = pathlib.Path(__file__).resolve().parent.parent
ROOT = DEPLOY.parent
sys.path.insert(0, str(DEPLOY / "release"))
import sbom  # noqa: E402

RESOLVED = {"pins": [
    {"identity": "swift-nio", "kind": "remoteSourceControl", "location": "https://github.com/apple/swift-nio.git",
     "state": {"revision": "a" * 40, "version": "2.101.0"}},
    {"identity": "fork", "kind": "remoteSourceControl", "location": "https://git.example.com/we/fork",
     "state": {"branch": "main", "revision": "b" * 40}}], "version": 3}


class Released(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp(prefix="release test "))
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.program = cls.home / "a program"
        cls.program.write_bytes(b"#!/bin/sh\nexit 0\n")
        cls.resolved = cls.home / "Package.resolved"
        cls.resolved.write_text(json.dumps(RESOLVED))
        cls.first = cls.release("first")
        # Of another time, folder, mask and language.
        os.utime(cls.program, (time.time() + 5000, time.time() + 5000))
        cls.second = cls.release("second", umask=0o077, LC_ALL="C.UTF-8", TZ="Asia/Tokyo")

    @classmethod
    def release(cls, name, umask=0o022, **environment):
        folder = cls.home / name
        done = subprocess.run(
            [str(DEPLOY / "release.sh"), "--binary", str(cls.program), "--resolved", str(cls.resolved), "--output", str(folder)],
            capture_output=True, text=True, umask=umask, env=os.environ | environment, check=False)
        if done.returncode:
            raise AssertionError(done.stderr)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def members(self, part):
        name = next(name for name in self.first if part in name)
        with tarfile.open(fileobj=io.BytesIO(self.first[name])) as archive:
            return archive.getmembers()

    def test_the_same_commit_gives_the_same_bytes(self):
        self.assertEqual(sorted(self.first), sorted(self.second))
        for name, content in self.first.items():
            self.assertTrue(content == self.second[name], f"{name} differs")

    def test_nothing_in_it_tells_where_and_when_it_was_made(self):
        epoch = int(subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        for part in ("linux", "image-context", "install", "0.tgz"):
            members = self.members(part)
            self.assertEqual({epoch}, {member.mtime for member in members})
            self.assertEqual({(0, 0)}, {(member.uid, member.gid) for member in members})
            self.assertEqual([member.name for member in members], sorted((member.name for member in members), key=lambda name: name.split("/")))
            self.assertFalse([member.name for member in members if member.mode & 0o022 and not member.issym()])

    def test_checksums(self):
        listed = dict(reversed(line.split("  ")) for line in self.first["SHA256SUMS"].decode().splitlines())
        self.assertEqual({name: hashlib.sha256(content).hexdigest() for name, content in self.first.items() if name != "SHA256SUMS"},
                         listed)

    def test_the_image_can_be_built_from_its_context(self):
        names = {member.name.split("/", 1)[-1] for member in self.members("image-context")}
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines():
            if line.startswith("!"):
                self.assertIn(line[1:], names)
        self.assertFalse([name for name in names if name.startswith("Tests/Fixtures")])
        # Sources link to runbooks and signatures.
        links = [member for member in self.members("image-context") if member.issym()]
        for link in links:
            target = os.path.normpath(os.path.join(os.path.dirname(link.name.split("/", 1)[-1]), link.linkname))
            self.assertTrue(target in names or target.startswith("Tests/Fixtures"), f"{link.name} leads to {target}")

    def test_the_script_that_installs_finds_its_files(self):
        folder = self.home / "unpacked"
        name = next(name for name in self.first if "-install.tar.gz" in name)
        with tarfile.open(fileobj=io.BytesIO(self.first[name])) as archive:
            archive.extractall(folder)
        script = next(folder.glob("*/deploy/install.sh"))
        done = subprocess.run([script, "--dry-run", "--storage", "gcs"], capture_output=True, text=True, check=False,
                              env=os.environ | {"KUBECONFIG": "/dev/null"})
        self.assertNotIn("is not there", done.stderr)
        self.assertEqual(12, done.stdout.count("\n["), done.stdout + done.stderr)

    def test_what_the_pages_link_to_is_there(self):
        names = {member.name.split("/", 1)[-1] for member in self.members("-install.tar.gz")}
        name = next(name for name in self.first if "-install.tar.gz" in name)
        with tarfile.open(fileobj=io.BytesIO(self.first[name])) as archive:
            pages = {member.name.split("/", 1)[-1]: archive.extractfile(member).read().decode() for member in archive
                     if member.name.endswith(".md")}
        self.assertIn("deploy/prometheus/alerts.md", pages)
        for page, text in pages.items():
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
                self.assertIn(os.path.normpath(os.path.join(os.path.dirname(page), link)), names, f"{page} links to {link}")

    def test_the_chart_is_the_chart(self):
        try:
            from helm_python import chart as helm
        except ImportError:
            self.skipTest("Helm's engine is not installed")
        name = next(name for name in self.first if name.endswith("0.tgz"))
        (self.home / name).write_bytes(self.first[name])
        with helm.Chart.load(self.home / name) as packed, helm.Chart.load(DEPLOY / "helm" / "sabueso") as folder:
            self.assertEqual(folder.version, packed.version)
            if not subprocess.run(["git", "status", "--porcelain", "deploy/helm"], cwd=ROOT, capture_output=True, check=True).stdout:
                self.assertEqual(folder.render({}, name="a", namespace="b"), packed.render({}, name="a", namespace="b"))

    def test_the_list_of_what_is_in_it(self):
        name = next(name for name in self.first if name.endswith(".cdx.json"))
        document = json.loads(self.first[name])
        self.assertEqual(("CycloneDX", "1.6", 1), tuple(document[key] for key in ("bomFormat", "specVersion", "version")))
        self.assertRegex(document["serialNumber"], r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
        self.assertEqual({"pkg:swift/github.com/apple/swift-nio@2.101.0", f"pkg:swift/git.example.com/we/fork@{'b' * 40}"},
                         {component["purl"] for component in document["components"]})
        self.assertEqual(hashlib.sha256(self.program.read_bytes()).hexdigest(),
                         document["metadata"]["component"]["hashes"][0]["content"])


# Chooses the newest of two, or what it is told to; as `swift package` does, as far as it is asked here.
SWIFT = """#!/usr/bin/env python3
import json, pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--package-path") + 1])
words = sys.argv[sys.argv.index("--package-path") + 2:]
file = folder / "Package.resolved"
chosen = {pin["identity"]: pin["state"]["version"] for pin in json.loads(file.read_text())["pins"]} if file.exists() else {}
known = {"swift-log": ["1.16.2", "1.17.0"], "yams": ["6.2.2"]}
if words[0] == "update" or not chosen:
    chosen = {name: versions[-1] for name, versions in known.items()}
if len(words) > 1:
    name, version = words[1], words[3]
    if version not in known[name]:
        sys.exit(f"error: no versions of '{name}' match the requirement {version}")
    chosen[name] = version
file.write_text(json.dumps({"pins": [{"identity": name, "state": {"version": version, "revision": "a" * 40}}
                                     for name, version in chosen.items()]}))
"""


class Versions(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="versions test "))
        self.addCleanup(shutil.rmtree, self.home)
        folder = self.home / "deploy" / "release"
        folder.mkdir(parents=True)
        shutil.copy(DEPLOY / "release" / "resolve.py", folder)
        self.list = folder / "packages.txt"
        (self.home / "swift").write_text(SWIFT)
        (self.home / "swift").chmod(0o755)

    def resolve(self, versions, *options):
        self.list.write_text("# A note.\n" + versions)
        done = subprocess.run([sys.executable, "-B", self.list.parent / "resolve.py", *options], capture_output=True, text=True,
                              check=False, env=os.environ | {"PATH": f"{self.home}:{os.environ['PATH']}"})
        pins = json.loads((self.home / "Package.resolved").read_text())["pins"]
        return done.stderr, {pin["identity"]: pin["state"]["version"] for pin in pins}

    def test_the_listed_version_is_taken_though_there_is_a_newer_one(self):
        self.assertEqual(("", {"swift-log": "1.16.2", "yams": "6.2.2"}), self.resolve("swift-log 1.16.2\nyams 6.2.2\n"))

    def test_a_version_that_is_gone_stops_the_release(self):
        self.assertIn("no versions of 'swift-log' match", self.resolve("swift-log 1.15.0\nyams 6.2.2\n")[0])

    def test_a_package_that_nobody_listed_stops_the_release(self):
        self.assertIn("yams 6.2.2, listed nowhere", self.resolve("swift-log 1.17.0\n")[0])

    def test_a_listed_package_that_nothing_uses_stops_the_release(self):
        self.assertIn("grdb is not used, listed 7.0.0", self.resolve("grdb 7.0.0\nswift-log 1.17.0\nyams 6.2.2\n")[0])

    def test_the_list_is_written(self):
        self.resolve("swift-log 1.16.2\n", "--write")
        self.assertEqual("# A note.\nswift-log 1.17.0\nyams 6.2.2\n", self.list.read_text())

    def test_the_list_has_what_the_package_names(self):
        listed = {line.split()[0] for line in (DEPLOY / "release" / "packages.txt").read_text().splitlines() if line[0] != "#"}
        named = set(re.findall(r'\.package\(\s*url: "[^"]*/([^"/]+)"', (ROOT / "Package.swift").read_text()))
        self.assertTrue(named)
        self.assertLessEqual({name.lower() for name in named}, listed)


class Bill(unittest.TestCase):
    def test_debian_packages_of_a_program(self):
        if not shutil.which("dpkg-query"):
            self.skipTest("this is not Debian")
        names = {package[0] for package in sbom.debian_packages(shutil.which("dpkg-query"))}
        self.assertIn("libc6", names)

    def test_names_that_a_package_url_has_to_escape(self):
        component = sbom.debian_component(("libstdc++6", "1:12.2.0-14+deb12u1", "amd64"), "debian-12")
        self.assertEqual("pkg:deb/debian/libstdc%2B%2B6@1%3A12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12", component["purl"])


class Refused(unittest.TestCase):
    def refused(self, part, *options, **environment):
        done = subprocess.run([str(DEPLOY / "release.sh"), *options], capture_output=True, text=True, check=False,
                              env=os.environ | environment)
        self.assertNotEqual(0, done.returncode)
        self.assertIn(part, done.stderr)

    def test_what_makes_no_sense(self):
        with tempfile.TemporaryDirectory() as folder:
            self.refused("is there already", "--output", folder)
            self.refused("there is no file", "--binary", folder + "/x", "--output", folder + "/y")
            self.refused("there is no file", "--binary", __file__, "--resolved", folder + "/x", "--output", folder + "/y")
        self.refused("there is no option", "--frob")
        self.refused("needs a value", "--binary")
        self.refused("is no number of seconds", "--binary", __file__, SOURCE_DATE_EPOCH="yesterday")


if __name__ == "__main__":
    unittest.main()
