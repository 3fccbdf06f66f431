# Builds the images of the services, and a cluster of containers to run them on.

# The tag is the chart's, so that what is built is what is installed, or the one that compose.yaml is given too.
images_tag() {
    if [ -n "${RENSA_TAG:-}" ]; then
        printf '%s' "$RENSA_TAG"
    else
        sed -n 's/^appVersion: *//p' "$root/helm/rensa/Chart.yaml"
    fi
}

# Sets container_program to docker or podman, whichever answers.
images_program() {
    local program
    for program in ${RENSA_CONTAINERS:-docker podman}; do
        if command -v "$program" >/dev/null 2>&1 && "$program" info >/dev/null 2>&1; then
            container_program=$program
            return
        fi
    done
    fail "Images are kept by docker or podman, and neither answers here: install one, or start it (docker info says what is wrong)."
}

images_build() {
    local services='' own_base=no cached=no
    while [ $# -gt 0 ]; do
        case $1 in
            node | wallet | explorer) services="$services $1" ;;
            --own-base) own_base=yes ;;
            --aot) cached=yes ;;
            *) fail "It is called as ./rensa images [--own-base] [--aot] [node] [wallet] [explorer]." ;;
        esac
        shift
    done
    services=${services:-node wallet explorer}
    images_program
    jdk_use
    build_prepare
    set -- -Dquarkus.container-image.build=true "-Dquarkus.container-image.tag=$(images_tag)" \
        "-Dquarkus.jib.docker-executable-name=$container_program"
    images_revision >/dev/null \
        && set -- "$@" "-Dquarkus.container-image.labels.\"org.opencontainers.image.revision\"=$(images_revision)"
    if [ "$own_base" = yes ]; then
        base_image_make
        set -- "$@" "-Dquarkus.jib.base-jvm-image=tar://$base_image"
    fi
    local service modules=
    for service in $services; do
        modules=$modules,$service-service
    done
    say "Building images with $container_program …"
    build_maven --quiet -DskipTests -Pimages -pl "${modules#,}" -am package "$@" \
        || fail "The images were not built; the reason stands above. Where no registry is reached, --own-base does without one."
    for service in $services; do
        "$container_program" image inspect "rensa/$service:$(images_tag)" >/dev/null 2>&1 \
            || fail "The build ended well, and yet $container_program has no image rensa/$service:$(images_tag)."
        [ "$cached" = no ] || image_cache_add "$service"
        say "  rensa/$service:$(images_tag)"
    done
    say "What is in each stands beside it, as CycloneDX: *-service/target/*-cyclonedx.json."
}

# The commit that is checked out; none where files differ from it.
images_revision() {
    [ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] && git -C "$root" rev-parse HEAD 2>/dev/null
}

# A cluster of containers with the chart on it; run again, it takes the newest images there.
kind_up() {
    [ $# -eq 0 ] || fail "It is called as ./rensa kind."
    command -v kind >/dev/null 2>&1 \
        || fail "kind is missing, which makes a cluster of containers: https://kind.sigs.k8s.io says how to install it."
    kind_tools
    images_build
    [ "$container_program" = docker ] || export KIND_EXPERIMENTAL_PROVIDER=$container_program
    kind get clusters 2>/dev/null | grep -qx rensa \
        || kind create cluster --config "$root/k8s/overlays/kind/cluster.yaml" --wait 180s || fail "The cluster was not made."
    local service image archive=$home/images.tar
    for service in node wallet explorer; do
        image=rensa/$service:$(images_tag)
        # By an archive, because kind asks docker alone for images.
        "$container_program" save --output "$archive" "$image" && kind load image-archive --name rensa "$archive" \
            || fail "$image was not brought to the cluster."
        rm -f "$archive"
    done
    "$kubectl" --context kind-rensa apply --filename "$root/k8s/overlays/kind/namespace.yaml"
    kind_key
    "$helm" upgrade rensa "$root/helm/rensa" --install --kube-context kind-rensa --namespace rensa \
        --values "$root/k8s/overlays/kind/values.yaml" --wait --timeout 10m \
        || fail "The chart did not come up: kubectl --context kind-rensa --namespace rensa get pods shows what hangs."
    # A tag that stays names a new image now and then.
    "$kubectl" --context kind-rensa --namespace rensa rollout restart statefulset,deployment
    "$kubectl" --context kind-rensa --namespace rensa rollout status statefulset/rensa-node --timeout 10m
    "$kubectl" --context kind-rensa --namespace rensa rollout status deployment/rensa-wallet --timeout 5m
    "$helm" test rensa --kube-context kind-rensa --namespace rensa --logs || fail "helm test did not see its coin mined."
    say "It runs. The explorer: kubectl --context kind-rensa --namespace rensa port-forward service/rensa-explorer 8070"
    say "kind delete cluster --name rensa deletes all of it."
}

# The wallet's key, made once for this cluster: without one it serves nobody, and helm test neither.
kind_key() {
    ! "$kubectl" --context kind-rensa --namespace rensa get secret rensa-wallet-admin >/dev/null 2>&1 || return 0
    LC_ALL=C tr -dc 'a-f0-9' </dev/urandom | head -c 64 \
        | "$kubectl" --context kind-rensa --namespace rensa create secret generic rensa-wallet-admin --from-file=admin-key=/dev/stdin \
        || fail "The wallet's key was not made."
}

# The user's own helm and kubectl, or those that tests use.
kind_tools() {
    helm=helm kubectl=kubectl
    if ! command -v helm >/dev/null 2>&1 || ! command -v kubectl >/dev/null 2>&1; then
        kubetools_find || fail "helm and kubectl are missing, and could not be fetched: https://helm.sh says how to install them."
        helm=$kubetools/helm kubectl=$kubetools/kubectl
    fi
}
