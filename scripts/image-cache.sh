# Images that start with an AOT cache: what the JVM did at a first start, loading and linking classes, stands in a file (JEP 483, JEP 514).
# A cache holds for exactly the JVM, the flags and the files that it was recorded with, so it is recorded inside of the image that will
# use it.

IMAGE_CACHE_START_SECONDS=120
# The cache is written when the recorded process ends.
IMAGE_CACHE_END_SECONDS=180

# Puts a layer with a cache on the image of a service, under the same name.
image_cache_add() {
    local service=$1 image work=$home/image-cache/$1
    image=rensa/$service:$(images_tag)
    rm -rf "$work"
    mkdir -p "$work/recorded"
    # The image's user writes there, whom this machine does not know.
    chmod 777 "$work/recorded"
    image_cache_arguments "$service" -XX:AOTCacheOutput=/recorded/app.aot >"$work/recorded/app.args"
    image_cache_record "$service" "$image" "$work/recorded"
    cp "$work/recorded/app.aot" "$work/app.aot"
    image_cache_arguments "$service" -XX:AOTCache=app.aot >"$work/app.args"
    printf 'FROM %s\nCOPY app.args app.aot /home/jboss/\nENTRYPOINT ["java", "@app.args"]\n' "$image" >"$work/Dockerfile"
    "$container_program" build --quiet --pull=false --tag "$image" "$work" >/dev/null \
        || fail "The layer with the cache was not put on $image; the reason stands above."
    rm -rf "$work"
}

# What java is started with. A cache holds linked classes of the JVM's own loader alone, so all jars stand on its class path; what
# was transformed comes before what it was made from.
image_cache_arguments() {
    local app=$root/$1-service/target/quarkus-app main=io.quarkus.runner.GeneratedMain
    [ "$1" != node ] || main=dev.rensa.node.app.NodeMain
    printf '%s\n' "$2"
    sed -n 's/^quarkus\.jib\.jvm-entrypoint=java,\(.*\),-jar,.*$/\1/p' "$root/$1-service/src/main/resources/application.properties" | tr ',' '\n'
    printf -- '--add-opens=java.base/%s=ALL-UNNAMED\n' java.lang java.nio jdk.internal.misc
    printf -- '-cp\n'
    (cd "$app" && printf '%s:' quarkus/transformed-bytecode.jar quarkus/generated-bytecode.jar app/*.jar lib/boot/*.jar lib/main/*.jar) \
        | sed 's/:$//'
    printf '\n%s\n' "$main"
}

# One start, with the flags that the chart gives and some requests, and an orderly end.
image_cache_record() {
    local service=$1 image=$2 folder=$3 name=rensa-recording-$1-$$ management http began=$SECONDS path
    case $service in
        node) management=9000 http=8080 ;;
        wallet) management=9010 http=8090 ;;
        explorer) management=9020 http=8070 ;;
    esac
    # However this ends, the container does not stay.
    # shellcheck disable=SC2064
    trap "'$container_program' rm --force '$name' >/dev/null 2>&1 || true" EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    "$container_program" run --detach --name "$name" --pull=never --read-only --tmpfs /tmp --volume "$folder:/recorded" \
        --env JAVA_TOOL_OPTIONS="$(image_cache_chart_flags "$service")" --env "$(image_cache_data "$service")=/tmp/data" \
        --entrypoint java "$image" @/recorded/app.args >/dev/null \
        || fail "A container of $image could not be started, in which its cache would be recorded."
    until image_cache_ask "$name" "$management" /q/health/started; do
        [ $((SECONDS - began)) -lt "$IMAGE_CACHE_START_SECONDS" ] || image_cache_give_up "$name" "$image did not start"
        sleep 0.5
    done
    for path in /status / /blocks/tip /peers /mempool /api/blocks /api/nodes /api/tree; do
        image_cache_ask "$name" "$http" "$path" || true
    done
    image_cache_ask "$name" "$management" /q/health/ready || true
    image_cache_ask "$name" "$management" /q/metrics || true
    "$container_program" stop --time "$IMAGE_CACHE_END_SECONDS" "$name" >/dev/null 2>&1 || true
    [ -s "$folder/app.aot" ] || image_cache_give_up "$name" "$image wrote no cache"
    "$container_program" rm --force "$name" >/dev/null
    trap - EXIT INT TERM
}

image_cache_give_up() {
    "$container_program" logs --tail 20 "$1" >&2 || true
    fail "$2; its last lines stand above."
}

# One request from inside of the container; true if the answer is 200. The images have a shell, and no program that speaks HTTP.
image_cache_ask() {
    # shellcheck disable=SC2016
    "$container_program" exec "$1" bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n" "$1" >&3 \
        && read -r _ status _ <&3 && cat <&3 >/dev/null && [ "$status" = 200 ]' "$2" "$3" >/dev/null 2>&1
}

image_cache_data() {
    case $1 in
        node) printf RENSA_DATA_DIR ;;
        wallet) printf RENSA_WALLET_DATA_DIR ;;
        explorer) printf RENSA_EXPLORER_DATA_DIR ;;
    esac
}

image_cache_chart_flags() {
    awk -v part="$1:" '/^[a-z]/ { at = $1 } at == part && $1 == "jvmOptions:" { sub(/^ *jvmOptions: */, ""); print }' \
        "$root/helm/rensa/values.yaml"
}
