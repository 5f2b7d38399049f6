"""Each alert has what a person needs, and a test in which it fires and one in which it does not."""
import re

from project import ROOT, documents, rules, text

# Labels by which the built-in playbooks find out what is meant; an alert without one is about the watching itself.
SCOPES = {"service_name", "jenkins_job"}
SEVERITIES = {"critical", "warning"}
RUNBOOKS = "https://git.example.com/sabueso/src/branch/main/"


def problems(rules, tests):
    wrong = []
    for rule in rules:
        if "alert" not in rule:
            continue
        name = rule["alert"]
        link = rule.get("annotations", {}).get("runbook_url", "")
        if not link.startswith(RUNBOOKS) or not (ROOT / link[len(RUNBOOKS):].split("#")[0]).is_file():
            wrong.append(f"{name}: its runbook_url leads nowhere: {link!r}")
        elif "#" in link and link.split("#")[1] not in anchors(text(link[len(RUNBOOKS):].split("#")[0])):
            wrong.append(f"{name}: its runbook has no heading #{link.split('#')[1]}")
        if not rule["annotations"].get("summary"):
            wrong.append(f"{name}: no summary")
        if rule.get("labels", {}).get("severity") not in SEVERITIES:
            wrong.append(f"{name}: severity is none of {sorted(SEVERITIES)}")
        cases = [case for test in tests for case in test.get("alert_rule_test", []) if case["alertname"] == name]
        if not any(case.get("exp_alerts") for case in cases):
            wrong.append(f"{name}: no test shows that it fires")
        if not any(not case.get("exp_alerts") for case in cases):
            wrong.append(f"{name}: no test shows that it stays quiet")
        for alert in [alert for case in cases for alert in case.get("exp_alerts", [])]:
            if "service_name" in rule["expr"] and "by (reason)" not in rule["expr"]:
                if not SCOPES & set(alert["exp_labels"]):
                    wrong.append(f"{name}: no label tells a playbook which service is meant")
    tested = {case["alertname"] for test in tests for case in test.get("alert_rule_test", [])}
    wrong += [f"a test asks for {name}, which is no alert"
              for name in sorted(tested - {rule.get("alert") for rule in rules})]
    recorded = {rule["record"] for rule in rules if "record" in rule}
    for rule in rules:
        for name in re.findall(r"\b[a-z_]+(?::[a-z0-9_]+)+\b", re.sub(r'"[^"]*"|\[[^\]]*\]', "", rule["expr"])):
            if name not in recorded:
                wrong.append(f"{rule.get('alert') or rule['record']}: nothing records {name}")
    return wrong


def anchors(markdown):
    """The names by which a page's headings can be linked to."""
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).strip().replace(" ", "-")
            for heading in re.findall(r"^#+ (.+)$", markdown, re.M)}


def tests():
    return [test for name in ("rules_test", "rules_days_test")
            for test in documents(f"deploy/prometheus/{name}.yaml")["tests"]]


def check():
    return problems(rules(), tests())
