# What is made from helm/rensa, so that it cannot drift: the table in the chart's README, and the base of k8s/.

chart_command() {
    case ${1:-} in
        '') chart_make "$root" ;;
        --to) [ $# -eq 2 ] && chart_make "$2" || fail "It is called as ./rensa chart [--to FOLDER]." ;;
        tools) kubetools_find && say "$kubetools" ;;
        *) fail "It is called as ./rensa chart [--to FOLDER]." ;;
    esac
}

chart_make() {
    kubetools_find || fail "Without helm nothing is made."
    mkdir -p "$1/helm/rensa"
    chart_readme >"$1/helm/rensa/README.md.new"
    mv "$1/helm/rensa/README.md.new" "$1/helm/rensa/README.md"
    chart_base "$1/k8s/base"
}

# The README with the table between its two marks made anew.
chart_readme() {
    local chart=$root/helm/rensa
    awk '{ print } /^<!-- values -->$/ { exit }' "$chart/README.md"
    printf '\n'
    awk -f "$root/scripts/chart-values.awk" "$chart/values.yaml"
    printf '\n'
    awk '/^<!-- end of values -->$/ { tail = 1 } tail { print }' "$chart/README.md"
}

# Every template's objects in a file of its own, without what says that Helm keeps them.
chart_base() {
    local work=$1.new file name
    rm -rf "$work"
    mkdir -p "$work"
    "$kubetools/helm" template rensa "$root/helm/rensa" --namespace rensa --values "$root/k8s/chart-values.yaml" \
        --output-dir "$work" >/dev/null || fail "The chart cannot be rendered."
    {
        printf '# Made from helm/rensa by ./rensa chart: what is changed here is lost. Overlays are the place for changes.\n'
        printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n'
    } >"$work/kustomization.yaml"
    (cd "$work/rensa/templates" && find . -name '*.yaml' | LC_ALL=C sort) | while read -r file; do
        name=${file#./}
        mkdir -p "$(dirname "$work/$name")"
        sed -e '/^# Source: /d' -e '/^ *helm\.sh\/chart: /d' -e '/^ *helm\.sh\/resource-policy: /d' \
            -e 's/^\( *app\.kubernetes\.io\/managed-by: \)Helm$/\1kustomize/' -e 's/[ ]*$//' \
            "$work/rensa/templates/$name" | chart_without_empty_annotations >"$work/$name"
        printf '  - %s\n' "$name" >>"$work/kustomization.yaml"
    done
    rm -rf "$work/rensa" "$1"
    mv "$work" "$1"
}

# An annotations: that lost its only line, and empty lines.
chart_without_empty_annotations() {
    awk '
        held != "" { match($0, /^ */); if (RLENGTH > depth) print held; held = "" }
        /^ *annotations:$/ { match($0, /^ */); depth = RLENGTH; held = $0; next }
        NF > 0 { print }'
}
