# Starts, watches and stops one service as a process of its own.

# A laptop that starts five JVMs for the first time needs a few seconds for each.
START_SECONDS=90
# The services write their state continuously; what they still have to do on SIGTERM takes milliseconds.
STOP_SECONDS=20

process_data() {
    printf '%s' "$home/$1"
}

process_log() {
    printf '%s' "$home/log/$1.log"
}

# What marks a process as ours beside its number, which the system gives to another program after a restart.
process_mark() {
    case $1 in
        node-*) printf '%s' "-Drensa.data-dir=$(process_data "$1")" ;;
        *) printf '%s' "-Drensa.$1.data-dir=$(process_data "$1")" ;;
    esac
}

# The process number of a service that runs; fails if it does not.
process_id() {
    local id=
    [ -r "$home/run/$1.pid" ] && read -r id <"$home/run/$1.pid" && [ -n "$id" ] || return 1
    kill -0 "$id" 2>/dev/null || return 1
    local line
    if [ -r "/proc/$id/cmdline" ]; then
        line=$(tr '\0' ' ' <"/proc/$id/cmdline")
    else
        line=$(ps -ww -o command= -p "$id")
    fi
    case $line in
        *" $(process_mark "$1") "*) printf '%s' "$id" ;;
        *) return 1 ;;
    esac
}

process_running() {
    local file name
    for file in "$home"/run/*.pid; do
        name=${file##*/}
        name=${name%.pid}
        ! process_id "$name" >/dev/null || printf '%s\n' "$name"
    done
}

process_start() {
    local name=$1 log
    log=$(process_log "$name")
    mkdir -p "$home/run" "$home/log" "$(process_data "$name")"
    [ ! -e "$log" ] || mv "$log" "$log.previous"
    set -- -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -Dquarkus.http.host=127.0.0.1 "-Dquarkus.http.port=$(service_http_port "$name")" \
        -Dquarkus.management.host=127.0.0.1 "-Dquarkus.management.port=$(service_management_port "$name")" \
        "$(process_mark "$name")"
    case $name in
        node-*) set -- -Xmx512m "$@" "-Drensa.name=$name" \
            -Drensa.peer.host=127.0.0.1 "-Drensa.peer.port=$(service_peer_port "$name")" \
            -Drensa.discovery.probe.hosts=127.0.0.1 \
            "-Drensa.discovery.probe.ports=$peer_port-$((peer_port + MAX_NODES - 1))" \
            "-Drensa.lab.enabled=$(settings_lab)" ;;
        *) set -- -Xmx256m -XX:+UseSerialGC "$@" "-Drensa.$name.nodes=$(service_node_urls)" ;;
    esac
    (
        # The script's own settings must not be taken for the service's.
        unset RENSA_HOME RENSA_JDK_SEARCH RENSA_JDK_URL
        cd "$(process_data "$name")" || exit 1
        exec nohup "$JAVA_HOME/bin/java" "$@" -jar "$(build_artifact "${name%%-*}-service")" >"$log" 2>&1 </dev/null
    ) &
    printf '%s\n' "$!" >"$home/run/$name.pid"
    # Until the new process has become Java it does not bear the mark, and would count as gone.
    local tries
    for ((tries = 0; tries < 40; tries++)); do
        ! process_id "$name" >/dev/null || break
        sleep 0.05
    done
}

# A GET with the shell's own means, since curl and wget are not everywhere: true if it answers 200.
process_answers() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
        read -r -t 5 status <&3 || exit 1
        case $status in
            *' 200 '*) exit 0 ;;
            *) exit 1 ;;
        esac
    ) 2>/dev/null
}

process_is_healthy() {
    process_answers "$(service_management_port "$1")" /q/health/ready
}

port_is_taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Waits until a started service is healthy, and says so; or shows why it is not.
process_await() {
    local began=$SECONDS
    until process_is_healthy "$1"; do
        if ! process_id "$1" >/dev/null; then
            tail -n 20 "$(process_log "$1")" >&2
            fail "$1 has ended; its last lines stand above, all of them in $(process_log "$1")."
        fi
        [ $((SECONDS - began)) -lt "$START_SECONDS" ] \
            || fail "$1 is not healthy after $START_SECONDS s; ./rensa logs $1 may say why. What runs goes on: ./rensa down stops it."
        sleep 0.2
    done
}

process_kill() {
    local id
    id=$(process_id "$1") || return 0
    kill -KILL "$id" 2>/dev/null || true
    process_await_end "$1" || fail "$1 (process $id) does not end. It must be stopped by hand."
    rm -f "$home/run/$1.pid"
}

process_terminate() {
    local id
    id=$(process_id "$1") || return 0
    # It may have ended by itself since.
    kill -TERM "$id" 2>/dev/null || true
}

# Stops a service in its own good time; kills it, and fails, when that takes too long.
process_stop() {
    process_terminate "$1"
    if process_await_end "$1"; then
        rm -f "$home/run/$1.pid"
    else
        process_kill "$1"
        return 1
    fi
}

process_await_end() {
    local began=$SECONDS
    while process_id "$1" >/dev/null; do
        [ $((SECONDS - began)) -lt "$STOP_SECONDS" ] || return 1
        sleep 0.1
    done
}
