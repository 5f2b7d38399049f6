"""Where things are, and how a check says what it found."""
import json
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def documents(path):
    """A YAML file's document. A key that stands twice is an error: the second would silently win."""
    return yaml.load(text(path), StrictLoader)


def dashboards():
    return {path.relative_to(ROOT).as_posix(): json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))}


def rules():
    """Each rule of deploy/prometheus/rules.yaml."""
    return [rule for group in documents("deploy/prometheus/rules.yaml")["groups"] for rule in group["rules"]]


def strings(value, path=""):
    """Every text inside of nested lists and mappings, with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, f"{path}[{index}]")


def own_metrics():
    """What Sabueso exports, from its source: literals and the lines of its metrics page."""
    names = set()
    for path in (ROOT / "Sources").rglob("*.swift"):
        names |= set(re.findall(r"\bsabueso_[a-z_]+[a-z]", path.read_text(encoding="utf-8")))
    return names


class StrictLoader(yaml.SafeLoader):
    """Refuses a mapping with the same key twice."""


def _mapping(loader, node, deep=False):
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        raise yaml.YAMLError(f"{node.start_mark}: the key {twice[0]!r} stands twice")
    return yaml.SafeLoader.construct_mapping(loader, node, deep)


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
