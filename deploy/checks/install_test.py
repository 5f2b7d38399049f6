"""Runs deploy/install.sh against a helm and a kubectl that write down what they are asked, and fail where they are told."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

DEPLOY = pathlib.Path(__file__).resolve().parent.parent
STEPS = ["namespace", "prometheus", "tempo", "loki", "gateway", "node", "events", "rules", "grafana", "sabueso",
         "alertmanager", "jenkins"]
RELEASES = {"prometheus": "kube-prometheus-stack", "tempo": "tempo", "loki": "loki", "gateway": "otel-gateway",
            "node": "otel-node", "events": "otel-events", "sabueso": "sabueso"}
# A part of each step's changing command, by which the stubs know it.
CHANGES = {step: f"helm upgrade --install {release} " for step, release in RELEASES.items()} | {
    "namespace": "kubectl apply --server-side --filename -",
    "rules": "PrometheusRule",
    "grafana": "made: create configmap sabueso-datasources",
    "alertmanager": "kind: AlertmanagerConfig",
    "jenkins": "helm upgrade jenkins-master "}

# Each call is a block in the log: `helm|kubectl`, its arguments each in a line behind `  `, what came in behind `> `.
# A line `TEXT<tab>MESSAGE` in `fail` makes the call that has TEXT in its words or its input fail with MESSAGE.
STUB = r"""#!/bin/bash
tool=${0##*/}
input=
case " $* " in *" - "* | *=/dev/stdin*) input=$(cat) ;; esac
call=$tool$'\n'
for word in "$@"; do call+="  $word"$'\n'; done
[ -z "$input" ] || call+=$(sed 's/^/> /' <<<"$input")$'\n'
printf '%s' "$call" >>"$STUBS/log"
if [ -f "$STUBS/fail" ]; then
    while IFS=$'\t' read -r text message; do
        case "$tool $* $input" in *"$text"*) printf '%s\n' "$message" >&2; exit 1 ;; esac
    done <"$STUBS/fail"
fi
case "$tool $*" in
"helm version"*) answer=helm-version ;;
"helm "*"template "*configmap*) answer=configmap.yaml ;;
"helm "*"template "*service*) answer=service.yaml ;;
"helm "*"template "*) answer=deployment.yaml ;;
"helm "*"get metadata"*) answer=jenkins-metadata ;;
"helm "*"get values"*) answer=jenkins-values.yaml ;;
"kubectl "*"get --raw /version"*) answer=version ;;
"kubectl "*"get storageclass"*) answer=storageclass ;;
"helm "*"list --all-namespaces"*) answer=everywhere ;;
"helm "*"list "*"--selector"*) answer=ours ;;
"helm "*"list "*) answer=releases ;;
"kubectl "*"get prometheuses"*) answer=prometheuses ;;
"kubectl "*"get alertmanagers"*) answer=alertmanagers ;;
"kubectl "*"get services --all"*) answer=grafanas ;;
"kubectl "*"get nodes"*) answer=nodes ;;
"kubectl "*"create "*) printf 'made: %s\n%s\n' "$*" "$input"; exit ;;
"kubectl "*"label --local"*) printf '%s\nlabelled: %s\n' "$input" "$*"; exit ;;
"kubectl "*"annotate --local"*) printf '%s\nannotated: %s\n' "$input" "$*"; exit ;;
*) exit 0 ;;
esac
printf '%s\n' "$(<"$STUBS/$answer")"
"""

DEPLOYMENT = """\
          image: registry.example.org/sabueso:0.1.0
                secretKeyRef: {name: sabueso-chat, key: slack-webhook-url}
          secret:
            secretName: sabueso-webhook
"""


class Call:
    def __init__(self, tool, words, given):
        self.tool, self.words, self.given = tool, words, given
        self.text = " ".join([tool] + words)

    def changes(self):
        """Whether it changes the cluster; what kubectl only prints does not."""
        verb = self.words[2 if self.words[0] in ("--context", "--kube-context") else 0]
        if self.tool == "helm":
            return verb not in ("version", "list", "get", "template", "test")
        return verb not in ("get", "auth", "exec") and not {"--dry-run=client", "--local"} & set(self.words)

    def all(self):
        return self.text + "\n" + self.given


class InstallTest(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="install test "))
        self.addCleanup(shutil.rmtree, self.home)
        self.stubs = self.home / "stubs"
        self.stubs.mkdir()
        for tool in ("helm", "kubectl"):
            (self.stubs / tool).write_text(STUB)
            (self.stubs / tool).chmod(0o755)
        self.set("helm-version", "v3.16.2+g13654a5\n")
        self.set("version", '{\n  "gitVersion": "v1.30.1"\n}\n')
        self.set("deployment.yaml", DEPLOYMENT)
        self.set("jenkins-values.yaml", "controller:\n  additionalPlugins:\n  - opentelemetry\n  tag: lts\n")
        self.set("jenkins-metadata", "chart: jenkins\nname: jenkins\nversion: 5.8.1\n")
        self.set("storageclass", '      storageclass.kubernetes.io/is-default-class: "true"\n')
        self.set("service.yaml", "metadata:\n  name: sabueso\nspec:\n  ports:\n    - name: http\n      port: 9096\n")
        self.set("configmap.yaml", "  sabueso.yaml: |\n    tempo:\n      url: http://tempo:3200\n")
        for empty in ("releases", "ours", "everywhere", "prometheuses", "alertmanagers", "grafanas", "nodes"):
            self.set(empty, "")
        self.values = self.home / "values.yaml"
        self.values.write_text("image: {repository: registry.example.org/sabueso}\n")

    def set(self, name, text):
        (self.stubs / name).write_text(text)

    def fail_at(self, *pairs):
        self.set("fail", "".join(f"{text}\t{message}\n" for text, message in pairs))

    def run_script(self, *options, values=True, path=None, script=DEPLOY / "install.sh"):
        """The finished process and its calls."""
        (self.stubs / "log").write_text("")
        command = [str(script)] + (["--values", str(self.values)] if values else []) + list(options)
        self.done = subprocess.run(
            command, capture_output=True, text=True, cwd=self.home, stdin=subprocess.DEVNULL, check=False,
            env=os.environ | {"PATH": path or f"{self.stubs}:{os.environ['PATH']}", "STUBS": str(self.stubs)})
        return self.calls()

    def calls(self):
        calls = []
        for line in (self.stubs / "log").read_text().splitlines():
            if line.startswith("  "):
                calls[-1].words.append(line[2:])
            elif line.startswith("> "):
                calls[-1].given += line[2:] + "\n"
            elif line in ("helm", "kubectl"):
                calls.append(Call(line, [], ""))
            else:
                calls[-1].words[-1] += "\n" + line
        return [Call(call.tool, call.words, call.given) for call in calls]

    def changes(self, *options, **more):
        return [call for call in self.run_script(*options, **more) if call.changes()]

    def steps_of(self, changes):
        """The steps in the order of their commands, each once."""
        found = []
        for call in changes:
            if call.words[-1] == "-" and not call.given:
                # The end of a pipe that brought nothing: kubectl and Helm change nothing then.
                continue
            step = next((step for step, text in CHANGES.items() if text in call.all()), None) or (
                "grafana" if "sabueso-dashboards" in call.all() else call.text)
            if step not in found:
                found.append(step)
        return found

    def refused(self, part, *options, **more):
        changes = self.changes(*options, **more)
        self.assertNotEqual(0, self.done.returncode, self.done.stdout)
        self.assertIn(part, self.done.stderr)
        self.assertEqual([], changes)


class Installing(InstallTest):
    def test_the_dashboard_has_a_folder_of_its_own(self):
        dashboard = [call.given for call in self.changes("--only", "grafana") if "sabueso-dashboards" in call.given]
        self.assertIn("annotated: annotate --local --filename - --output yaml grafana_folder=Jenkins", dashboard[0])

    def test_all_steps_in_their_order(self):
        changes = self.changes()
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        self.assertEqual(STEPS, self.steps_of(changes))
        for number, step in enumerate(STEPS, 1):
            self.assertIn(f"[{number}/12] {step}: ", self.done.stdout)

    def test_charts_are_of_the_versions_that_the_values_were_tried_with(self):
        pinned = {"prometheus": "88.5.3", "tempo": "2.2.4", "loki": "18.11.0", "gateway": "0.170.0", "node": "0.170.0",
                  "events": "0.170.0"}
        changes = self.changes()
        for step, version in pinned.items():
            call = next(call for call in changes if CHANGES[step] in call.text)
            self.assertEqual(version, call.words[call.words.index("--version") + 1])
            files = [word for word in call.words if word.endswith(".yaml")]
            self.assertTrue(all(os.path.isfile(file) for file in files), files)
            texts = call.given + "".join(pathlib.Path(file).read_text() for file in files)
            if step in ("prometheus", "tempo", "loki"):
                self.assertIn(version, texts)
        # What names them all for the collectors.
        self.assertIn(pinned["gateway"], (DEPLOY / "collector" / "gateway-values.yaml").read_text())
        page = (DEPLOY / "collector" / "README.md").read_text()
        for step in ("tempo", "loki", "gateway"):
            self.assertIn(f"--version {pinned[step]} ", page)

    def test_jenkins_keeps_the_chart_that_it_has(self):
        call = self.changes("--only", "jenkins", values=False)[0]
        self.assertEqual("5.8.1", call.words[call.words.index("--version") + 1])
        self.assertIn("--reset-then-reuse-values", call.words)

    def test_a_second_run_asks_the_same(self):
        first = [call.all() for call in self.changes()]
        releases = "".join(f"{release}\n" for release in RELEASES.values())
        self.set("releases", releases)
        self.set("ours", releases)
        self.assertEqual(first, [call.all() for call in self.changes()])
        self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_dry_run_changes_nothing_and_prints_what_a_run_does(self):
        self.assertEqual([], self.changes("--dry-run"))
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        printed = "\n".join(line[4:] for line in self.done.stdout.splitlines() if line.startswith("    "))
        done = [call.all() for call in self.changes()]
        # What was printed, run by a shell of its own, is what the script runs.
        (self.stubs / "log").write_text("")
        subprocess.run(["bash", "-c", printed], check=True, cwd=self.home, capture_output=True,
                       env=os.environ | {"PATH": f"{self.stubs}:{os.environ['PATH']}", "STUBS": str(self.stubs)})
        self.assertEqual(done, [call.all() for call in self.calls() if call.changes()])

    def test_dry_run_tells_what_is_missing_and_still_prints(self):
        self.fail_at(("get --raw /version", "connection refused"))
        self.refused("The cluster does not answer: connection refused", "--dry-run")
        self.assertIn("helm upgrade --install tempo", self.done.stdout)

    def test_only_and_skip(self):
        self.assertEqual(["tempo", "grafana"], self.steps_of(self.changes("--only", "grafana,tempo", values=False)))
        self.assertEqual([step for step in STEPS if step not in ("jenkins", "prometheus")],
                         self.steps_of(self.changes("--skip", "prometheus,jenkins")))

    def test_values_go_behind_ours_and_to_their_step_only(self):
        mine = self.home / "tempo of ours.yaml"
        mine.write_text("")
        changes = self.changes("--values", f"tempo={mine}")
        for call in changes:
            self.assertEqual(CHANGES["tempo"] in call.text, str(mine) in call.words, call.text)
            if str(mine) in call.words:
                self.assertEqual(str(mine), call.words[-1])
            self.assertEqual(CHANGES["sabueso"] in call.text, str(self.values) in call.words)

    def test_storage(self):
        mine = self.home / "names.yaml"
        mine.write_text("")
        for kind in ("azure", "s3", "gcs"):
            changes = self.changes("--storage", kind, "--values", f"tempo={mine}", "--values", f"loki={mine}")
            for step in ("tempo", "loki"):
                call = next(call for call in changes if CHANGES[step] in call.text)
                files = [pathlib.Path(word).name for word in call.words if word == "-" or word.endswith(".yaml")]
                self.assertEqual(["-", f"values-{kind}.yaml", "names.yaml"], files)
                self.assertIn((DEPLOY / step / "values.yaml").read_text().rstrip(), call.given)

    def test_namespace_and_grafana_go_everywhere(self):
        changes = self.changes("--namespace", "watch", "--grafana-url", "https://grafana.example.org:8443/g/")
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        for call in changes:
            self.assertNotIn("grafana.example.com", call.all())
            self.assertNotRegex(call.all(), r"\.monitoring\.svc|--namespace monitoring")
        jenkins = next(call for call in changes if CHANGES["jenkins"] in call.text)
        self.assertIn("http://otel-gateway.watch.svc.cluster.local:4317", jenkins.given)
        self.assertIn("https://grafana.example.org:8443/g/d/jenkins-tracing", jenkins.given)
        self.assertIn("url: https://grafana.example.org:8443/g\n",
                      next(call for call in changes if CHANGES["sabueso"] in call.text).given)
        prometheus = next(call for call in changes if CHANGES["prometheus"] in call.text)
        self.assertRegex(prometheus.given, r"(?s)^grafana:\n  .*\n    root_url|^grafana:\n(  .*\n|\n)*      root_url: https://grafana.example.org")

    def test_the_context_goes_to_both_tools(self):
        for call in self.run_script("--context", "my cluster"):
            if call.text.startswith(("helm version", "kubectl auth")):
                continue
            self.assertEqual("--kube-context" if call.tool == "helm" else "--context", call.words[0], call.text)
            self.assertEqual("my cluster", call.words[1])

    def test_rules_are_an_object_of_the_operator(self):
        given = self.changes("--only", "rules", values=False)[0].given
        rules = (DEPLOY / "prometheus" / "rules.yaml").read_text()
        self.assertTrue(given.startswith("apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\n"))
        self.assertEqual(rules.split(), given.split("spec:\n", 1)[1].split())


class Failing(InstallTest):
    def test_every_step_that_fails_stops_and_can_be_resumed(self):
        for number, step in enumerate(STEPS):
            with self.subTest(step):
                self.fail_at((CHANGES[step], "Error: it went wrong"))
                changes = self.changes("--timeout", "5m")
                self.assertEqual(1, self.done.returncode)
                self.assertEqual(STEPS[:number], [done for done in self.steps_of(changes) if done != step])
                self.assertIn(f"step {number + 1} of 12, {step}, failed", self.done.stderr)
                self.assertIn("attempted: ", self.done.stderr)
                self.assertIn("Error: it went wrong", self.done.stderr)
                (self.stubs / "fail").unlink()
                again = re.search(r"go on: +(.*)", self.done.stderr)[1]
                (self.stubs / "log").write_text("")
                subprocess.run(["bash", "-c", again], check=True, cwd=self.home, capture_output=True,
                               env=os.environ | {"PATH": f"{self.stubs}:{os.environ['PATH']}", "STUBS": str(self.stubs)})
                changes = [call for call in self.calls() if call.changes()]
                self.assertEqual(STEPS[number:], self.steps_of(changes))
                self.assertTrue(all("5m" in call.words for call in changes if call.tool == "helm"))

    def test_a_failure_in_the_middle_of_a_pipe_is_one(self):
        self.fail_at(("label --local", "error: no such thing"))
        self.changes("--only", "grafana,sabueso")
        self.assertEqual(1, self.done.returncode)
        self.assertIn("step 1 of 2, grafana, failed", self.done.stderr)

    def test_secrets_are_not_repeated(self):
        secret = "T0PS3CRET/xyz"
        for message in (f"bad address https://hooks.slack.com/services/{secret}", f"Authorization: Bearer {secret}xyz",
                        f'webhook_url: "{secret}"', f"https://user:{secret.replace('/', '-')}@registry.example.org/x",
                        f"token={secret}", f'"password":"{secret}"', f"SLACK_TOKEN: {secret}", f"Bearer {secret}",
                        f"https://x.webhook.office.com/webhookb2/{secret}",
                        f"https://prod-1.westeurope.logic.azure.com:443/workflows/{secret}"):
            with self.subTest(message):
                self.fail_at((CHANGES["tempo"], message))
                self.changes("--only", "tempo", values=False)
                self.assertIn("failed", self.done.stderr)
                self.assertNotIn("T0PS3CRET", self.done.stderr + self.done.stdout)


class Missing(InstallTest):
    def test_tools(self):
        for tool in ("helm", "kubectl"):
            with self.subTest(tool):
                folder = self.home / f"without {tool}"
                folder.mkdir()
                for name in ("bash", "dirname", "sed", "grep", "cat", "tail", "sort", "head", "awk", "env", "rm"):
                    (folder / name).symlink_to(shutil.which(name))
                other = "kubectl" if tool == "helm" else "helm"
                (folder / other).symlink_to(self.stubs / other)
                self.refused(f"{tool} is not installed", path=str(folder))

    def test_helm_is_too_old(self):
        for version, right in (("v3.13.3+g1", False), ("v2.17.0", False), ("", False), ("v3.14.0", True),
                               ("v4.0.1+g2", True), ("v3.9.4", False)):
            with self.subTest(version):
                self.set("helm-version", version + "\n")
                self.run_script("--dry-run")
                self.assertEqual(right, self.done.returncode == 0, self.done.stderr)
                self.assertEqual(not right, "3.14 or later is needed" in self.done.stderr)

    def test_the_cluster_is_too_old(self):
        self.set("version", '{"gitVersion": "v1.26.15-eks-1"}')
        self.refused("The cluster is Kubernetes v1.26.15-eks-1; 1.27 or later is needed")

    def test_what_kubectl_says_about_the_cluster_is_told(self):
        self.fail_at(("get --raw /version", "The connection to the server was refused"))
        self.refused("The connection to the server was refused")

    def test_permissions_one_by_one(self):
        for resource in ("secrets", "clusterroles.rbac.authorization.k8s.io", "statefulsets.apps", "daemonsets.apps",
                         "customresourcedefinitions.apiextensions.k8s.io", "deployments.apps", "configmaps",
                         "prometheusrules.monitoring.coreos.com", "alertmanagerconfigs.monitoring.coreos.com"):
            with self.subTest(resource):
                self.fail_at((f"auth can-i create {resource}", "no"))
                self.refused(f"You may not create {resource}")

    def test_permission_for_jenkins_and_for_a_namespace_that_is_missing(self):
        self.fail_at(("auth can-i patch statefulsets.apps --namespace jenkins-master", "no"))
        self.refused("You may not patch statefulsets.apps in the namespace jenkins-master")
        self.fail_at(("get namespace monitoring", "not found"), ("auth can-i create namespaces", "no"))
        self.refused("You may not create namespaces")
        self.fail_at(("get namespace monitoring", "not found"))
        self.refused("There is no namespace monitoring", "--only", "tempo", values=False)

    def test_kinds_of_the_operator_when_it_is_not_installed_by_this_run(self):
        for kind, step in (("servicemonitors", "tempo"), ("servicemonitors", "jenkins"), ("podmonitors", "node"), ("prometheusrules", "rules"),
                           ("alertmanagerconfigs", "alertmanager")):
            with self.subTest(kind):
                self.fail_at((f"get customresourcedefinition {kind}.monitoring.coreos.com", "not found"))
                self.refused(f"The cluster does not know {kind}.monitoring.coreos.com", "--only", step, values=False)
        self.changes()
        self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_secrets_that_the_values_name(self):
        for secret in ("sabueso-chat", "sabueso-webhook"):
            with self.subTest(secret):
                self.fail_at((f"get secret {secret} ", "not found"))
                self.refused(f"There is no Secret {secret} in the namespace monitoring")

    def test_on_an_empty_cluster_the_namespace_comes_first(self):
        self.fail_at(("get secret sabueso-chat ", "not found"), ("get namespace monitoring", "not found"))
        self.refused("Make the namespace with", "--context", "my cluster")
        command = re.search(r"Make the namespace with (.*), and then the Secret: kubectl create secret", self.done.stderr)[1]
        self.assertRegex(command, r"install\.sh --context my\\ cluster --only namespace$")
        (self.stubs / "log").write_text("")
        subprocess.run(["bash", "-c", command], check=True, cwd=self.home, capture_output=True,
                       env=os.environ | {"PATH": f"{self.stubs}:{os.environ['PATH']}", "STUBS": str(self.stubs)})
        self.assertEqual(["--context my cluster apply" in call.text for call in self.calls() if call.changes()], [True])

    def test_an_example_of_an_address_in_the_values(self):
        self.set("configmap.yaml", "  sabueso.yaml: |\n    grafana:\n      url: https://grafana.example.com\n")
        self.refused("take config.grafana.url out of your values", "--grafana-url", "https://grafana.example.org")
        self.changes()
        self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_secrets_are_found_in_what_helm_really_renders(self):
        try:
            import yaml
            from helm_python import chart as helm
        except ImportError:
            self.skipTest("Helm's engine is not installed")
        chart = DEPLOY / "helm" / "sabueso"
        for example in sorted((chart / "examples").glob("*.yaml")):
            values = yaml.safe_load(example.read_text())
            with helm.Chart.load(chart) as loaded:
                files = loaded.render(values, name="sabueso", namespace="monitoring")
            secrets = values.get("secrets", {})
            wanted = {entry["secret"] for entry in secrets.get("env", [])} | set(secrets.get("files", []))
            if values.get("extraCA", {}).get("secret"):
                wanted.add(values["extraCA"]["secret"])
            found = subprocess.run(
                ["bash", "-c", '. "$1"; secrets_of', "bash", str(DEPLOY / "install" / "needs.sh")], text=True, check=True,
                capture_output=True, input=files["sabueso/templates/deployment.yaml"]).stdout.split()
            self.assertLessEqual(wanted, set(found), example.name)
            self.assertNotIn("sabueso", found)
            token = subprocess.run(
                ["bash", "-c", '. "$1"; rendered_of() { cat; }; wanted_of_alertmanager', "bash",
                 str(DEPLOY / "install" / "needs.sh")], text=True, check=True,
                capture_output=True, input=files["sabueso/templates/configmap.yaml"]).stdout.strip()
            self.assertEqual({"aks.yaml": "sabueso-webhook token", "everything.yaml": "other"}.get(example.name, ""), token)

    def test_a_token_that_alertmanager_would_not_send(self):
        self.set("configmap.yaml", "    server:\n      authorization:\n        bearer_file: /x\n")
        self.refused("want Alertmanager to authenticate")
        self.changes("--skip", "alertmanager")
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        place = self.home / "with a token"
        shutil.copytree(DEPLOY, place, ignore=shutil.ignore_patterns("checks", "compose"))
        config = place / "alertmanager" / "alertmanagerconfig.yaml"
        config.write_text(config.read_text().replace("# authorization:", "authorization:"))
        self.changes(script=place / "install.sh")
        self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_a_token_that_alertmanager_takes_from_the_same_secret(self):
        self.set("configmap.yaml", "    server:\n      authorization:\n"
                                   "        bearer_file: /etc/sabueso-secrets/of-the-webhook/token\n")
        given = next(call.given for call in self.changes() if "AlertmanagerConfig" in call.given)
        self.assertIn('            authorization: {type: Bearer, credentials: {name: "of-the-webhook", key: "token"}}\n', given)
        self.changes("--only", "alertmanager")
        self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_a_token_of_a_backend_is_none_of_alertmanagers(self):
        self.set("configmap.yaml", "    server:\n      port: 8080\n    tempo:\n      authorization:\n"
                                   "        bearer_file: /etc/sabueso-secrets/tempo/token\n")
        self.changes()
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        self.assertFalse([call for call in self.calls() if "sabueso-secrets" in call.given])

    def test_values_for_sabueso(self):
        self.refused("The step sabueso needs values", values=False)
        self.set("deployment.yaml", DEPLOYMENT.replace("registry.example.org", "registry.example.com"))
        self.refused("image.repository is the example registry.example.com/sabueso")
        self.fail_at((" template ", "Error: config.recievers is not known"))
        self.refused("Sabueso's chart refuses its values: Error: config.recievers is not known")

    def test_names_of_buckets(self):
        self.refused("--storage s3 needs the names", "--storage", "s3")

    def test_releases_of_others(self):
        self.set("releases", "kube-prometheus-stack\nloki-canary\n")
        self.refused("A release kube-prometheus-stack is in the namespace monitoring that this script did not install")
        self.assertNotIn("release loki", self.done.stderr)
        self.changes("--adopt")
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        self.changes("--skip", "prometheus")
        self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_no_jenkins(self):
        self.fail_at(("get metadata", "Error: release: not found"))
        self.refused("There is no Helm release jenkins-master in the namespace jenkins-master")
        self.refused("no Helm release ci in the namespace build", "--jenkins-release", "ci", "--jenkins-namespace", "build")

    def test_all_that_is_missing_is_told_at_once(self):
        self.fail_at(("get secret", "not found"), ("auth can-i create secrets", "no"), ("get metadata", "not found"))
        self.refused("4 of the things needed are missing; nothing was changed")


    def test_a_folder_that_is_not_whole(self):
        for file in ("grafana/values.yaml", "loki/values-s3.yaml", "jenkins/values.yaml", "prometheus/rules.yaml"):
            place = self.home / file.replace("/", "-")
            shutil.copytree(DEPLOY, place, ignore=shutil.ignore_patterns("checks", "compose"))
            (place / file).unlink()
            self.refused(f"{file} is not there", "--storage", "s3", script=place / "install.sh")


# As Helm prints values: in blocks, sorted, lists as deep as their key.
JENKINS = """\
additionalAgents:
  python:
    podName: python
agent:
  customJenkinsLabels:
  - maven
  podName: mine
  yamlTemplate: |-
    apiVersion: v1
    kind: Pod
controller:
  JCasC:
    configScripts:
      welcome: |
        jenkins:
          systemMessage: T0PS3CRET
  additionalPlugins:
  - opentelemetry:3.1
  - git:5.2.0
  containerEnv:
  - name: PROXY
    value: T0PS3CRET
"""


class Jenkins(InstallTest):
    def jenkins(self, *options):
        changes = self.changes("--only", "jenkins", *options, values=False)
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        return changes[0]

    def refused_jenkins(self, part, *options):
        self.refused(part, "--only", "jenkins", *options, values=False)
        self.assertNotIn("T0PS3CRET", self.done.stderr + self.done.stdout)

    def file(self, text):
        mine = self.home / "jenkins.yaml"
        mine.write_text(text)
        return "--values", f"jenkins={mine}"

    def test_what_a_release_has_stays(self):
        self.set("jenkins-values.yaml", JENKINS)
        call = self.jenkins()
        self.assertEqual('controller.additionalPlugins=["opentelemetry:3.1","git:5.2.0","workflow-basic-steps","prometheus"]',
                         call.words[call.words.index("--set-json") + 1])
        for key in ("podName", "customJenkinsLabels", "yamlTemplate", "containerEnv", "spot"):
            self.assertNotRegex(call.given, rf"(?m)^ *{key}:")
        self.assertFalse([word for word in call.words if "spot-agents" in word])

    def test_plugins_of_a_release_without_a_list(self):
        self.set("jenkins-values.yaml", "controller:\n  installPlugins:\n  - prometheus:1.2\n")
        self.assertIn('controller.additionalPlugins=["opentelemetry","workflow-basic-steps"]', self.jenkins().words)

    def test_a_list_of_plugins_that_is_given(self):
        self.set("jenkins-values.yaml", JENKINS)
        self.refused_jenkins("add git workflow-basic-steps. ", *self.file("controller:\n  additionalPlugins: [opentelemetry, prometheus]\n"))
        call = self.jenkins(*self.file("controller:\n  additionalPlugins:\n    - git\n    - opentelemetry\n    - prometheus\n"
                                       "    - workflow-basic-steps\n"))
        self.assertNotIn("--set-json", call.words)

    def test_what_the_patch_would_replace(self):
        own = "controller:\n  JCasC:\n    configScripts:\n      opentelemetry: |\n        # mine\n        unclassified: T0PS3CRET\n"
        key = "controller.JCasC.configScripts.opentelemetry"
        self.set("jenkins-values.yaml", own)
        self.refused_jenkins(f"would replace: {key}. Write what shall hold")
        self.jenkins(*self.file(own))
        for path in ("controller.podAnnotations", "agent.annotations"):
            first, second = path.split(".")
            self.set("jenkins-values.yaml", f"{first}:\n  {second}:\n    resource.opentelemetry.io/service.name: builds\n")
            self.refused_jenkins(f"would replace: {path}.resource.opentelemetry.io/service.name.")

    def test_the_patch_may_be_put_again(self):
        values = (DEPLOY / "jenkins" / "values.yaml").read_text() + (DEPLOY / "jenkins" / "spot-agents.yaml").read_text()
        self.set("jenkins-values.yaml", values.replace("jenkins-agent", "of an earlier version"))
        self.jenkins()
        self.jenkins("--spot-agents")

    def test_a_plugin_that_is_configured_elsewhere(self):
        self.set("jenkins-values.yaml", "controller:\n  JCasC:\n    configScripts:\n      traces: |\n        unclassified:\n"
                                        "          openTelemetry:\n            endpoint: T0PS3CRET\n")
        self.refused_jenkins("in controller.JCasC.configScripts.traces, and Jenkins does not start with two")
        self.jenkins(*self.file("controller:\n  JCasC:\n    configScripts:\n      traces: null\n"))

    def test_spot_agents_come_beside_those_that_are_there(self):
        self.set("jenkins-values.yaml", JENKINS)
        call = self.jenkins("--spot-agents")
        self.assertEqual(["-", str(DEPLOY / "jenkins" / "spot-agents.yaml")],
                         [word for option, word in zip(call.words, call.words[1:]) if option == "--values"])
        self.assertIn("note: No node has the label kubernetes.azure.com/scalesetpriority=spot", self.done.stdout)
        self.set("nodes", "node/aks-spot-1\n")
        self.jenkins("--spot-agents")
        self.assertNotIn("No node has", self.done.stdout)

    def test_spot_agents_that_are_there(self):
        self.set("jenkins-values.yaml", "additionalAgents:\n  spot:\n    podName: mine\n")
        self.refused_jenkins("Leave --spot-agents out", "--spot-agents")
        self.set("jenkins-values.yaml", "agent:\n  customJenkinsLabels:\n  - spot\n")
        self.refused_jenkins("Leave --spot-agents out", "--spot-agents")
        self.set("jenkins-values.yaml", "agent:\n  nodeSelector:\n    agentpool: builds\n")
        self.jenkins("--spot-agents")
        self.assertIn("bound by agent.nodeSelector.agentpool", self.done.stdout)

    def test_the_restart_is_told_before_anything_happens(self):
        self.changes()
        told = self.done.stdout.index("Restarts in the last step: the controller of Jenkins")
        self.assertLess(told, self.done.stdout.index("[1/12]"))
        self.set("releases", "tempo\nloki\n")
        self.changes("--adopt", "--skip", "jenkins")
        self.assertIn("the pods of tempo loki.\n[1/11]", self.done.stdout)
        self.changes("--dry-run")
        self.assertIn("Restarts in the last step", self.done.stdout)


class Existing(InstallTest):
    THERE = ("--tempo-url", "http://tempo.watch:3200", "--loki-url", "http://loki.watch.svc:3100", "--prometheus-url",
             "http://prometheus-operated.watch:9090", "--alertmanager-url", "http://alertmanager-operated.watch:9093",
             "--grafana-service", "http://kps-grafana.watch", "--prometheus-label", "release=kps")
    OPERATED = 'watch|kps|true|{}|{"release":"kps"}\n'

    def test_what_is_there_is_used(self):
        self.set("prometheuses", self.OPERATED)
        self.set("alertmanagers", "kps|None\n")
        changes = self.changes(*self.THERE)
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        self.assertEqual([step for step in STEPS if step not in ("prometheus", "tempo", "loki")], self.steps_of(changes))
        for call in changes:
            values = "".join(line for line in call.given.splitlines(True) if not line.lstrip().startswith("#"))
            self.assertNotRegex(values, r"//(prometheus-operated|alertmanager-operated|tempo|loki):|kube-prometheus-stack-grafana"
                                        r"|endpoint: tempo:|//loki\.monitoring")
        by_step = {step: "".join(call.all() for call in changes if text in call.all()) for step, text in CHANGES.items()}
        self.assertIn("endpoint: tempo.watch:4317", by_step["gateway"])
        self.assertIn("endpoint: http://prometheus-operated.watch:9090/api/v1/write", by_step["gateway"])
        self.assertIn('url: "http://kps-grafana.watch"', by_step["sabueso"])
        self.assertIn("http://sabueso.monitoring.svc:9096/webhooks/alertmanager", "".join(call.given for call in changes))
        self.assertIn('labels: {"release": "kps"}', by_step["rules"])
        for step, key in (("gateway", "serviceMonitor.extraLabels"), ("node", "podMonitor.extraLabels"), ("sabueso", "serviceMonitor.labels"),
                          ("jenkins", "controller.prometheus.serviceMonitorAdditionalLabels")):
            self.assertIn(f"--set-string {key}.release=kps", by_step[step])

    def test_data_sources_of_others_stay(self):
        self.set("prometheuses", self.OPERATED)
        changes = self.changes(*self.THERE)
        sources = next(call for call in changes if CHANGES["grafana"] in call.given)
        self.assertIn("--namespace watch", sources.text)
        self.assertNotIn("isDefault: true", sources.given)
        self.assertEqual(["Tempo", "Loki", "Prometheus", "Alertmanager"], re.findall(r"(?m)^  - name: Sabueso (\w+)$", sources.given))
        self.assertNotRegex(sources.given, r"[uU]id: (tempo|loki|prometheus|alertmanager)")
        everything = "".join(call.given for call in changes)
        self.assertIn("datasources: {tempo: sabueso-tempo, loki: sabueso-loki, prometheus: sabueso-prometheus}", everything)
        self.assertIn("%22uid%22:%22sabueso-tempo%22", everything)
        self.assertIn("%22uid%22:%22sabueso-loki%22", everything)
        self.assertFalse([call for call in changes if "stack-grafana" in call.text])

    def test_a_second_prometheus_is_refused_with_the_options_that_use_the_first(self):
        self.set("prometheuses", self.OPERATED)
        self.set("grafanas", "http://kps-grafana.watch\n")
        self.refused("Use it: --prometheus-url http://prometheus-operated.watch:9090 --alertmanager-url "
                     "http://alertmanager-operated.watch:9093 --grafana-service http://kps-grafana.watch --prometheus-label release=kps\n")
        options = re.search(r"Use it: (.*)", self.done.stderr)[1].split()
        self.changes(*options)
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        # Its own one.
        self.set("prometheuses", 'monitoring|kube-prometheus-stack-prometheus|true|{}|\n')
        self.set("releases", "kube-prometheus-stack\n")
        self.set("ours", "kube-prometheus-stack\n")
        self.changes()
        self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_services_that_are_neither_there_nor_installed(self):
        for service, step, option in (("tempo", "tempo", "--tempo-url"), ("loki", "loki", "--loki-url"),
                                      ("prometheus-operated", "prometheus", "--prometheus-url"),
                                      ("alertmanager-operated", "prometheus", "--alertmanager-url"),
                                      ("kube-prometheus-stack-grafana", "prometheus", "--grafana-service")):
            with self.subTest(service):
                self.fail_at((f"get service {service} ", "not found"))
                self.refused(f"Run the step {step} too, or name the one that you have: {option} http://NAME.NAMESPACE", "--skip", step)
                self.changes()
                self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_a_prometheus_that_would_not_take_what_is_sent(self):
        for line, part in (('watch|kps||{}|{"release":"kps"}', "enableRemoteWriteReceiver: true"),
                           ('watch|kps|true||{"release":"kps"}', "ruleNamespaceSelector: {}"),
                           ('watch|kps|true|{}|{"team":"us"}', "add --prometheus-label team=us")):
            with self.subTest(line):
                self.set("prometheuses", line + "\n")
                self.refused(part, *self.THERE)

    def test_an_alertmanager_that_would_tell_only_of_one_namespace(self):
        self.set("prometheuses", self.OPERATED)
        self.set("alertmanagers", "kps|\n")
        self.refused("alertmanagerConfigMatcherStrategy: {type: None}", *self.THERE)
        self.changes(*self.THERE, "--skip", "alertmanager")
        self.assertEqual(0, self.done.returncode, self.done.stderr)

    def test_another_tempo_or_loki_is_noted(self):
        self.set("everywhere", "- app_version: 2.10.8\n  chart: tempo-1.24.0\n  name: traces\n  namespace: watch\n  updated: x\n"
                               "- app_version: 3.7.6\n  chart: loki-18.11.0\n  name: loki\n  namespace: monitoring\n  updated: x\n")
        self.changes()
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        self.assertIn("note: There is a release traces (tempo-1.24.0) in the namespace watch.", self.done.stdout)
        self.assertIn("--tempo-url http://traces.watch:3200", self.done.stdout)
        self.assertNotIn("loki-18", self.done.stdout)


class Links(InstallTest):
    def test_runbooks(self):
        url = "https://git.example.org/tools/sabueso/blob/main"
        changes = self.changes("--repository-url", url)
        everything = "".join(call.all() for call in changes)
        self.assertNotIn("git.example.com", everything)
        self.assertIn(f"runbook_url: {url}/Runbooks/telemetry-gap.md", everything)
        self.assertIn(f'"{url}/Runbooks/README.md"', everything)
        self.assertIn(f"--set-string config.runbooks_url={url}/Runbooks", everything)
        self.assertNotIn("--repository-url says", self.done.stdout)
        self.changes()
        self.assertIn("note: Runbook links of alerts and the dashboard lead nowhere", self.done.stdout)

    def test_pages_of_sabueso(self):
        everything = "".join(call.all() for call in self.changes(
            "--public-url", "https://sabueso.example.org/", "--repository-url", "https://git.example.org/x"))
        self.assertIn("--set-string config.server.public_url=https://sabueso.example.org", everything)
        self.assertNotIn("config.runbooks_url", everything)
        self.changes()
        self.assertIn("note: Without --public-url", self.done.stdout)


class Grafana(InstallTest):
    def test_how_to_get_in_is_told(self):
        self.changes("--context", "my cluster")
        self.assertIn("kubectl --context my\\ cluster port-forward --namespace monitoring service/kube-prometheus-stack-grafana 3000:80",
                      self.done.stdout)
        self.assertIn("get secret kube-prometheus-stack-grafana --namespace monitoring --output 'jsonpath={.data.admin-password}'",
                      self.done.stdout)

    def wired(self, *options):
        changes = self.changes(*options)
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        return any("stack-grafana.yaml" in call.text for call in changes)

    def test_sabueso_gets_the_account_that_the_chart_made(self):
        self.assertTrue(self.wired())
        mine = self.home / "mine.yaml"
        for step, text in (("prometheus", "grafana:\n  admin:\n    existingSecret: mine\n"), ("sabueso", "extraEnv: []\n")):
            mine.write_text(text)
            self.assertFalse(self.wired("--values", f"{step}={mine}"))
        self.fail_at(("get secret kube-prometheus-stack-grafana", "not found"))
        self.assertTrue(self.wired())
        self.assertFalse(self.wired("--skip", "prometheus"))
        (self.stubs / "fail").unlink()
        self.set("configmap.yaml", "data:\n  sabueso.yaml: |\n    grafana:\n      api:\n        authorization:\n          bearer_file: /x\n")
        self.assertFalse(self.wired())


class Uninstalling(InstallTest):
    def test_in_reverse_without_volumes(self):
        changes = self.changes("--uninstall", values=False)
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        self.assertEqual(["alertmanagerconfigs.monitoring.coreos.com sabueso", "uninstall sabueso ", "delete", "sabueso-stack",
                          "otel-events", "otel-node", "otel-gateway", "uninstall loki", "uninstall tempo",
                          "uninstall kube-prometheus-stack"],
                         [next(part for part in (
                             "alertmanagerconfigs.monitoring.coreos.com sabueso", "uninstall sabueso ", "sabueso-stack",
                             "otel-events", "otel-node", "otel-gateway", "uninstall loki", "uninstall tempo",
                             "uninstall kube-prometheus-stack", "delete") if part in call.text + " ")
                          for call in changes])
        self.assertFalse([call for call in changes if "persistentvolumeclaim" in call.text or "delete namespace" in call.text])
        self.assertFalse([call for call in changes if "jenkins" in call.text])

    def test_volumes_when_asked(self):
        changes = self.changes("--uninstall", "--delete-volumes", "--only", "tempo,loki", values=False)
        self.assertEqual(["uninstall", "delete", "uninstall", "delete"], [call.words[0] for call in changes])
        self.assertIn("app.kubernetes.io/instance in (loki,loki-prometheus,loki-alertmanager)", changes[1].words)

    def test_dry_run(self):
        self.assertEqual([], self.changes("--uninstall", "--dry-run", values=False))
        self.assertIn("helm uninstall tempo", self.done.stdout)

    def test_what_others_installed_stays(self):
        self.set("releases", "loki\n")
        self.refused("A release loki is in the namespace", "--uninstall", values=False)

    def test_a_failure_stops_and_can_be_resumed(self):
        self.fail_at(("uninstall loki", "Error: timed out"))
        self.changes("--uninstall", values=False)
        self.assertEqual(1, self.done.returncode)
        self.assertRegex(self.done.stderr, r"go on: .*install\.sh --uninstall --only loki,tempo,prometheus")

    def test_nothing_to_take_back(self):
        self.refused("nothing of this is taken back", "--uninstall", "--only", "jenkins,namespace", values=False)


class Options(InstallTest):
    def test_what_makes_no_sense_is_refused_before_anything_is_asked(self):
        for options in (["--test", "--uninstall"], ["--uninstall", "--test"], ["--only", "tempo,nothing"], ["--only"], ["--only", ""], ["--skip", ",".join(STEPS)], ["--frob"],
                        ["--namespace", "a b"], ["--namespace", "x; rm -rf ."], ["--namespace", "a\nb"], ["--storage", "nfs"],
                        ["--values", "/nowhere"], ["--values", "rules=/dev/null"], ["--timeout", "10"],
                        ["--grafana-url", "https://g/|x"], ["--grafana-url", "javascript:x"], ["--delete-volumes"],
                        ["--jenkins-release", "$(id)"]):
            with self.subTest(options):
                self.assertEqual([], self.run_script(*options))
                self.assertEqual(2, self.done.returncode, self.done.stderr)

    def test_hostile_names_of_files(self):
        for name in ("with space.yaml", "it's \"quoted\".yaml", "a,b.yaml", "$(touch hacked).yaml", "a=b;c.yaml",
                     "tempo-of=mine.yaml", "back\\slash.yaml", "ünï.yaml", "two\nlines.yaml", "-leading.yaml"):
            with self.subTest(name):
                file = self.home / name
                file.write_text("")
                given = name if name.startswith("-") else str(file)
                steps = ("--only", "loki,sabueso")
                call = self.changes("--values", given, *steps, values=False)[-1]
                self.assertEqual(0, self.done.returncode, self.done.stderr)
                word = call.words[-1]
                # As Helm's reader of CSV takes it.
                self.assertEqual(given, word[1:-1].replace('""', '"') if word.startswith('"') else word)
                self.assertEqual([], list(self.home.glob("hacked")))
                self.fail_at((CHANGES["loki"], "no"))
                self.changes("--values", given, *steps, values=False)
                (self.stubs / "fail").unlink()
                again = self.done.stderr.split("go on:     ")[1].rstrip("\n")
                (self.stubs / "log").write_text("")
                subprocess.run(["bash", "-c", again], check=True, cwd=self.home, capture_output=True,
                               env=os.environ | {"PATH": f"{self.stubs}:{os.environ['PATH']}", "STUBS": str(self.stubs)})
                self.assertEqual(word, next(call for call in self.calls() if CHANGES["sabueso"] in call.text).words[-1])

    def test_a_hostile_place(self):
        place = self.home / "it's, \"odd\" $(id)"
        shutil.copytree(DEPLOY, place, ignore=shutil.ignore_patterns("checks", "compose"))
        self.changes("--values", str(self.values), values=False, script=place / "install.sh")
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        given = [word for call in self.calls() for word in call.words if ", " in word and word.endswith(('.yaml"', '.json"'))]
        self.assertLessEqual({"prometheus/values.yaml", "examples/stack-grafana.yaml"}, {"/".join(word[:-1].split("/")[-2:]) for word in given})
        for word in given:
            self.assertTrue(os.path.isfile(word[1:-1].replace('""', '"')), word)

    def test_help(self):
        self.assertEqual([], self.run_script("--help"))
        self.assertEqual(0, self.done.returncode)
        for option in re.findall(r"^    (--[a-z-]+)\)", (DEPLOY / "install.sh").read_text(), re.M):
            self.assertIn(option, self.done.stdout)
        for step in STEPS:
            self.assertRegex(self.done.stdout, rf"(?m)^  {step} ")


class Testing(InstallTest):
    def test_everything_is_asked_and_nothing_changed(self):
        calls = self.run_script("--test", values=False)
        self.assertEqual(0, self.done.returncode, self.done.stderr)
        self.assertEqual([], [call for call in calls if call.changes()])
        self.assertEqual(9, self.done.stdout.count("ok       "))
        self.assertEqual(["/usr/bin/sabueso", "check", "--online", "--config", "/etc/sabueso/sabueso.yaml"],
                         calls[-1].words[-5:])

    def test_each_that_does_not_answer_is_told(self):
        for text in ("readyz", "tempo:3200", "loki:3100", "prometheus-operated:9090", "alertmanager-operated:9093",
                     "grafana/api", "otel-gateway:4318", "helm test"):
            with self.subTest(text):
                self.fail_at((text, "curl: (7) Failed to connect"))
                self.run_script("--test", values=False)
                self.assertEqual(1, self.done.returncode)
                self.assertEqual(1, self.done.stdout.count("FAILED"))
                self.assertIn("curl: (7) Failed to connect", self.done.stdout)

    def test_without_its_pod_there_is_nothing_to_ask_from(self):
        self.fail_at(("sabueso --version", "not found"))
        self.run_script("--test", values=False)
        self.assertEqual(1, self.done.returncode)
        self.assertIn("rollout status", self.done.stdout)

    def test_what_the_chain_lacks_is_shown_and_fails(self):
        self.fail_at(("check --online", "FAILED   No traces appear (http://tempo:3200): none in the last 24 h"))
        self.run_script("--test", values=False)
        self.assertEqual(1, self.done.returncode)
        self.assertIn("FAILED   No traces appear", self.done.stdout + self.done.stderr)
        self.assertIn("1 of the checks failed", self.done.stderr)


if __name__ == "__main__":
    unittest.main()
