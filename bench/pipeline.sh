#!/bin/sh
# What is done without the plugin: three lists side by side, aligned by IP.
# Usage: pipeline.sh NAMESPACE SERVICE POD-SELECTOR
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

kubectl get pods -n "$1" -l "$3" -o json > "$folder/pods" &
pods=$!
kubectl get endpointslices -n "$1" -l "kubernetes.io/service-name=$2" -o json > "$folder/slices" &
slices=$!
kubectl get endpoints "$2" -n "$1" -o json > "$folder/endpoints" 2> "$folder/warnings" &
endpoints=$!
for list in $pods $slices $endpoints; do wait "$list"; done

jq -r -n \
  --slurpfile pods "$folder/pods" --slurpfile slices "$folder/slices" --slurpfile endpoints "$folder/endpoints" '
  ([$slices[0].items[].endpoints[]? | {key: .addresses[], value: .conditions.ready}] | from_entries) as $sliced
  | ([$endpoints[0].subsets[]?.addresses[]? | {key: .ip, value: true}] | from_entries) as $held
  | $pods[0].items[]
  | (any(.status.conditions[]?; .type == "Ready" and .status == "True")) as $ready
  | .status.podIP as $ip
  | [$ip, .metadata.name, .spec.nodeName, $ready, $sliced[$ip] // false, $held[$ip] // false]
  | @tsv'
