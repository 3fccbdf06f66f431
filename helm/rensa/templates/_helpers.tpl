{{- define "rensa.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/* What selectors hold: it can never change, so there is no version in it. Takes (dict "root" $ "component" "node"). */}}
{{- define "rensa.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "rensa.labels" -}}
{{ include "rensa.selector" . }}
app.kubernetes.io/part-of: rensa
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "rensa.peersName" -}}
{{ include "rensa.fullname" . }}-peers
{{- end }}

{{- define "rensa.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "rensa.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Takes (dict "root" $ "image" .Values.node.image). */}}
{{- define "rensa.image" -}}
{{- $repository := .image.repository }}
{{- with .root.Values.image.registry }}
{{- $repository = printf "%s/%s" . $repository }}
{{- end }}
{{- if .image.digest }}
{{- printf "%s@%s" $repository .image.digest }}
{{- else }}
{{- $tag := coalesce .image.tag .root.Values.image.tag .root.Chart.AppVersion }}
{{- if eq $tag "latest" }}
{{- fail (printf "The tag latest of %s names another image tomorrow, and then two nodes may run two versions: name a version (image.tag), or a digest." $repository) }}
{{- end }}
{{- printf "%s:%s" $repository $tag }}
{{- end }}
{{- end }}

{{/*
Lines of application.properties: what the chart sets, and over it what the user does.
Takes (dict "set" (dict …) "more" .Values.node.config "where" "node.config").
*/}}
{{- define "rensa.properties" -}}
{{- $reserved := list "quarkus.http.host" "quarkus.http.port" "quarkus.management.host" "quarkus.management.port" "rensa.data-dir"
  "rensa.peer.host" "rensa.peer.port" "rensa.admin-key" "rensa.genesis-file" "rensa.production" "rensa.name" "rensa.wallet.data-dir"
  "rensa.explorer.data-dir" "rensa.wallet.passphrase" "rensa.wallet.master-secret-file"
  "rensa.wallet.access.admin-key" "rensa.wallet.access.admin-key-file" "rensa.lab.enabled" "rensa.explorer.lab.node-admin-key" "rensa.explorer.admin-key"
  "rensa.wallet.postgresql.enabled" "rensa.wallet.postgresql.url" "rensa.wallet.postgresql.username" "rensa.wallet.postgresql.password"
  "rensa.explorer.postgresql.enabled" "rensa.explorer.postgresql.url" "rensa.explorer.postgresql.username" "rensa.explorer.postgresql.password" }}
{{- range $key, $_ := .more }}
{{- if has $key $reserved }}
{{- fail (printf "%s in %s is set by the chart, whose ports, volumes and secrets fit it: look for a value of the chart instead." $key $.where) }}
{{- end }}
{{- end }}
{{- $all := merge (dict) .more .set }}
{{- range $key := keys $all | sortAlpha }}
{{- $value := get $all $key }}
{{- if kindIs "float64" $value }}{{ $value = int64 $value }}{{ end }}
{{ $key }}={{ $value | toString | replace "\\" "\\\\" }}
{{- end }}
{{- end }}

{{- define "rensa.podSecurity" -}}
runAsNonRoot: true
{{- with .Values.security.runAsUser }}
runAsUser: {{ . | int64 }}
runAsGroup: {{ . | int64 }}
fsGroup: {{ . | int64 }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "rensa.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* What every pod of ours has. Takes (dict "root" $ "component" "node" "values" .Values.node). */}}
{{- define "rensa.podBase" -}}
serviceAccountName: {{ include "rensa.serviceAccountName" .root }}
automountServiceAccountToken: false
# Variables of services, RENSA_NODE_PORT among them, would be taken for settings.
enableServiceLinks: false
securityContext:
  {{- include "rensa.podSecurity" .root | nindent 2 }}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Three probes with three meanings, on the port that clients do not reach. Takes the number of 10 s that a start may take. */}}
{{- define "rensa.probes" -}}
# As long as a start takes: a store that must be recovered is not to be killed for it.
startupProbe:
  httpGet:
    path: /q/health/started
    port: management
  periodSeconds: 2
  failureThreshold: {{ mul . 5 }}
# Whether clients are to be sent here; of no consequence to peers.
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: management
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 3
# Mild, and never about others: a restart helps only what hangs.
livenessProbe:
  httpGet:
    path: /q/health/live
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end }}

{{/* Settings come by file, so that a misspelt one is refused; what differs from pod to pod and what is secret, by environment. */}}
{{- define "rensa.env" -}}
- name: SMALLRYE_CONFIG_LOCATIONS
  value: /etc/rensa/config/application.properties
- name: JAVA_TOOL_OPTIONS
  value: {{ .jvmOptions | quote }}
{{- with .extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* A rolling replacement where several may use the database at once; else the next one starts when the former has ended. */}}
{{- define "rensa.strategy" -}}
{{- if .postgresql.enabled -}}
type: RollingUpdate
{{- else -}}
# The database is a file of one process.
type: Recreate
{{- end }}
{{- end }}

{{/* Takes (dict "root" $ "component" "wallet" "values" .Values.wallet). */}}
{{- define "rensa.spread" -}}
{{- if gt (int .values.replicas) 1 }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "rensa.selector" . | nindent 8 }}
{{- end }}
{{- end }}

{{/* Its password stands in no file. Takes (dict "component" "wallet" "values" .Values.wallet). */}}
{{- define "rensa.postgresqlEnv" -}}
{{- if .values.postgresql.enabled }}
- name: RENSA_{{ upper .component }}_POSTGRESQL_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .values.postgresql.existingSecret }}
      key: {{ .values.postgresql.key }}
{{- end }}
{{- end }}

{{/* Adds to the settings of a service where its database is. Takes (dict "set" … "component" "wallet" "values" .Values.wallet). */}}
{{- define "rensa.postgresqlSettings" -}}
{{- if .values.postgresql.enabled }}
{{- $prefix := printf "rensa.%s.postgresql" .component }}
{{- $_ := set .set (printf "%s.enabled" $prefix) true }}
{{- $_ := set .set (printf "%s.url" $prefix) .values.postgresql.url }}
{{- $_ := set .set (printf "%s.username" $prefix) .values.postgresql.username }}
{{- end }}
{{- end }}

{{/* helm test calls the wallet from another pod, and so needs a key. */}}
{{- define "rensa.tested" -}}
{{- if and .Values.tests.enabled .Values.wallet.enabled .Values.wallet.admin.existingSecret }}true{{ end }}
{{- end }}

{{- define "rensa.genesisConfigMap" -}}
{{- if .Values.genesis.existingConfigMap }}
{{- .Values.genesis.existingConfigMap }}
{{- else if .Values.genesis.document }}
{{- include "rensa.fullname" . }}-genesis
{{- end }}
{{- end }}

{{- define "rensa.claim" -}}
accessModes: [ReadWriteOnce]
resources:
  requests:
    storage: {{ .size }}
{{- with .storageClass }}
storageClassName: {{ . }}
{{- end }}
{{- end }}
