{{- define "sabueso.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* Of every object: the release's name, with the chart's unless it has it already. */}}
{{- define "sabueso.fullname" -}}
{{- $name := include "sabueso.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "sabueso.selectorLabels" -}}
app.kubernetes.io/name: {{ include "sabueso.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "sabueso.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "sabueso.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* What stands in `metadata`: of the root, a name, annotations, and labels if it has some of its own. */}}
{{- define "sabueso.metadata" -}}
{{- $root := index . 0 -}}
{{- $annotations := merge (dict) (index . 2) $root.Values.commonAnnotations -}}
name: {{ index . 1 }}
labels:
  {{- include "sabueso.labels" $root | nindent 2 }}
  {{- if gt (len .) 3 }}
  {{- with index . 3 }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- end }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "sabueso.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "sabueso.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* Not empty when the cluster is read with the pod's own account. */}}
{{- define "sabueso.inCluster" -}}
{{- if dig "kubernetes" "in_cluster" false .Values.config }}yes{{ end }}
{{- end }}

{{- /* Where the Secret with the database's URL is mounted. */}}
{{- define "sabueso.databaseFolder" -}}/etc/sabueso-postgresql{{- end }}

{{- /* Not empty when the journal is in PostgreSQL. */}}
{{- define "sabueso.postgresql" -}}
{{- $journal := dig "journal" (dict) .Values.config }}
{{- if or .Values.postgresql.secret $journal.url $journal.url_file }}yes{{ end }}
{{- end }}

{{- define "sabueso.port" -}}
{{- dig "server" "port" 9096 .Values.config | int }}
{{- end }}

{{- define "sabueso.image" -}}
{{- with .Values.image }}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ default $.Chart.AppVersion .tag }}{{ end }}
{{- end }}
{{- end }}

{{- /* sabueso.yaml. Refuses a ${VARIABLE} that nothing sets: the pod would only say so once it runs. */}}
{{- define "sabueso.configuration" -}}
{{- $config := deepCopy .Values.config }}
{{- if and .Values.signatures (not (hasKey $config "signatures")) }}
{{- $_ := set $config "signatures" (list "signatures") }}
{{- end }}
{{- if .Values.postgresql.secret }}
{{- $journal := dig "journal" (dict) $config }}
{{- if or $journal.url $journal.url_file }}
{{- fail "config.journal has a URL, and postgresql.secret names another: leave one of them out" }}
{{- end }}
{{- $_ := set $config "journal" (set $journal "url_file" (printf "%s/url" (include "sabueso.databaseFolder" .))) }}
{{- end }}
{{- $text := toYaml $config }}
{{- if not .Values.extraEnvFrom }}
{{- $known := concat (keys .Values.secrets.values) (list) }}
{{- range concat .Values.secrets.env .Values.extraEnv }}{{- $known = append $known .name }}{{- end }}
{{- range regexFindAll "\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}" ($text | replace "$${" "") -1 }}
{{- $variable := . | trimPrefix "${" | trimSuffix "}" }}
{{- if not (has $variable $known) }}
{{- fail (printf "config uses ${%s}: name the Secret that has it in secrets.env (or secrets.values, extraEnv)" $variable) }}
{{- end }}
{{- end }}
{{- end }}
{{- $text }}
{{- end }}

{{- /* PodSecurity `restricted`: of every container. */}}
{{- define "sabueso.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- /* PodSecurity `restricted`: of every pod. 65532 is the image's user. */}}
{{- define "sabueso.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- /* Labels of spot nodes: kubernetes.azure.com is AKS, eks.amazonaws.com EKS, cloud.google.com GKE. */}}
{{- define "sabueso.noSpotNode" -}}
matchExpressions:
  - {key: kubernetes.azure.com/scalesetpriority, operator: NotIn, values: [spot]}
  - {key: eks.amazonaws.com/capacityType, operator: NotIn, values: [SPOT]}
  - {key: karpenter.sh/capacity-type, operator: NotIn, values: [spot]}
  - {key: cloud.google.com/gke-spot, operator: NotIn, values: ["true"]}
{{- end }}

{{- /* To read, and nothing else: it never writes, and never reads a Secret. It lists; get and watch show nothing more. */}}
{{- define "sabueso.verbs" -}}[get, list, watch]{{- end }}

{{- define "sabueso.rules" -}}
- apiGroups: [""]
  resources: [events, pods]
  verbs: {{ include "sabueso.verbs" . }}
- apiGroups: [apps]
  resources: [controllerrevisions, daemonsets, deployments, replicasets, statefulsets]
  verbs: {{ include "sabueso.verbs" . }}
{{- end }}
