#!/usr/bin/env python3
"""Checks the stack for a laptop: Compose's own parser reads it, what it mounts is there, and nothing is open to others.

usage: compose.py [--program PATH]

--program lets the program read its configuration, and name the cause of the failure that the trace generator plays.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

COMPOSE = pathlib.Path(__file__).resolve().parent.parent / "compose"
CHAT = "http://127.0.0.1:8065/hook"
problems = []


def check_services():
    run = subprocess.run(
        [pathlib.Path(sys.executable).parent / "docker-compose", "--file", COMPOSE / "compose.yaml", "config", "--format", "json"],
        capture_output=True, text=True, env=os.environ | {"SLACK_WEBHOOK_URL": ""})
    if run.returncode != 0:
        problems.append(run.stderr.strip())
        return
    services = json.loads(run.stdout)["services"]
    for name, service in services.items():
        if not re.search(r":v?[0-9]|:local$", service["image"]):
            problems.append(f"{name}: {service['image']} has no version")
        for volume in service.get("volumes", []):
            if volume["type"] == "bind" and not pathlib.Path(volume["source"]).exists():
                problems.append(f"{name}: {volume['source']} is not there")
        for port in service.get("ports", []):
            if port.get("host_ip") != "127.0.0.1":
                problems.append(f"{name}: port {port['target']} is open to the network")
        if not service.get("read_only") or service.get("cap_drop") != ["ALL"] or service.get("privileged"):
            problems.append(f"{name}: is not restricted")
        if str(service.get("user")).split(":")[0] in ("0", "root"):
            problems.append(f"{name}: without capabilities root may not read what belongs to the image's user")
        if "mem_limit" not in service:
            problems.append(f"{name}: has no limit of memory")
    # Every name in a URL or a scrape target is a service or an alias of one.
    known = set(services) | {"localhost"} | {
        alias for service in services.values()
        for network in (service.get("networks") or {}).values() for alias in (network or {}).get("aliases", [])}
    files = {path for service in services.values() for volume in service.get("volumes", [])
             if volume["type"] == "bind" and (path := pathlib.Path(volume["source"])).suffix == ".yaml" and path.exists()}
    for path in sorted(files - {COMPOSE.parent / "prometheus" / "rules.yaml"}):
        text = re.sub(r"^\s*#.*$", "", path.read_text(), flags=re.MULTILINE)
        for host in re.findall(r"https?://([a-z-]+)[:/]", text) + re.findall(r'"([a-z]+):[0-9]+"', text):
            if host not in known:
                problems.append(f"{path.name}: {host} is no service")


def check_program(program):
    run = subprocess.run([program, "check", "--offline", "--config", COMPOSE / "sabueso.yaml"],
                         capture_output=True, text=True, env={"SLACK_WEBHOOK_URL": CHAT})
    if run.returncode != 0:
        problems.append(f"the program refuses sabueso.yaml: {run.stderr.strip()}")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        # The end of the failure in some cycle of 20 minutes, by the generator's own figures.
        end = 1_790_000_400 // 1200 * 1200 + 900
        subprocess.run([sys.executable, COMPOSE / "traces.py", "--case", folder, "--at", str(end)], check=True)

        def at(seconds):
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(end + seconds))

        (folder / "case.yaml").write_text(json.dumps({
            "window": {"start": at(-600), "end": at(0)}, "baseline": {"start": at(-1200), "end": at(-600)},
            "scope": {"services": ["checkout"]}}))
        run = subprocess.run([program, "analyze", "--case", folder, "--format", "json"], capture_output=True, text=True)
        if run.returncode != 0:
            problems.append(f"the program cannot read the generator's traces: {run.stderr.strip()}")
            return
        found = json.loads(run.stdout)["hypotheses"][0]
        if (found["cause"], found["subject"]["name"]) != ("dependency-failure", "payments"):
            problems.append(f"the generator plays a failure of payments, and the program names "
                            f"{found['cause']} of {found['subject']['name']}")


arguments = argparse.ArgumentParser()
arguments.add_argument("--program")
arguments = arguments.parse_args()
check_services()
if arguments.program:
    check_program(os.path.abspath(arguments.program))
for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
