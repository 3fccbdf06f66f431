# The commands: what a person does with the network as a whole.

network_up() {
    local began running name
    jdk_use
    settings_load
    running=$(process_running)
    if [ -n "$running" ]; then
        network_extend "$@"
    else
        settings_parse "$@"
        [ "$build" = no ] || build_if_needed
    fi
    for name in network-tests node-service wallet-service explorer-service; do
        [ -e "$(build_artifact "$name")" ] || fail "$name is not built. Leave --no-build out, or run ./mvnw package -DskipTests."
    done

    network_check_ports
    settings_save
    began=$SECONDS
    for name in $(service_names); do
        process_id "$name" >/dev/null || process_start "$name"
    done
    for name in $(service_names); do
        process_await "$name"
        case " $(printf '%s' "$running" | tr '\n' ' ') " in
            *" $name "*) printf '  %-10s runs already\n' "$name" ;;
            *) printf '  %-10s is healthy after %s s\n' "$name" "$((SECONDS - began))" ;;
        esac
    done
    network_show_urls
}

# A second up: keeps the ports of what runs, and may add nodes.
network_extend() {
    local before before_nodes=$nodes before_lab=$lab
    before="$node_port $peer_port $management_port $wallet_port $explorer_port"
    settings_parse "$@"
    [ "$before" = "$node_port $peer_port $management_port $wallet_port $explorer_port" ] \
        || fail "The network runs on other ports. Stop it first, ./rensa down, or run a second one with its own RENSA_HOME."
    [ "$lab" = "$before_lab" ] || fail "A lab is switched on or off at the start of a network. Stop it first: ./rensa down."
    [ "$nodes" -ge "$before_nodes" ] || [ $# -eq 0 ] \
        || fail "The network has $before_nodes nodes. Kill single ones with ./rensa kill node-$before_nodes, or stop it first: ./rensa down."
    if [ "$nodes" -gt "$before_nodes" ]; then
        say "The wallet and the explorer start anew, to know the new nodes."
        process_stop wallet || true
        process_stop explorer || true
        running=$(process_running)
    fi
    if [ "$build" = yes ] && build_is_stale; then
        say "The sources are newer than what runs; ./rensa down and ./rensa up will build them."
    fi
}

network_check_ports() {
    local name port taken=no
    for name in $(service_names); do
        ! process_id "$name" >/dev/null || continue
        for port in $(service_ports "$name"); do
            port_is_taken "$port" || continue
            taken=yes
            say "Port $port, which $name needs, is taken by another program." >&2
        done
    done
    [ "$taken" = no ] || fail "Stop that program, or choose other ports: ./rensa up --port-offset 100 moves all, ./rensa help names the options for some."
}

network_show_urls() {
    local name
    say
    for name in $(service_names); do
        printf '  %-10s %s\n' "$name" "$(service_url "$name")"
    done
    say
    [ "$lab" = 0 ] || say "The lab is on: break links at $(service_url explorer)/lab, or with the nodes' own calls under /lab."
    say "Try ./rensa demo, look at $(service_url explorer) and $(service_url wallet), stop with ./rensa down."
}

# What speaks JSON is Java; the shell only hands over where the network is.
network_java() {
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED \
        -cp "$root/network-tests/target/classes:$root/network-tests/target/lib/*" "$@"
}

network_demo() {
    [ $# -eq 0 ] || fail "demo takes no options."
    [ -n "$(process_running)" ] || fail "No network is running. Start one first: ./rensa up."
    jdk_use
    export RENSA_HOME=$home
    network_java dev.rensa.network.demo.Demo "$root/rensa" "$settings_file"
}

network_status() {
    [ -r "$settings_file" ] || fail "No network was started yet. Start one: ./rensa up."
    settings_load
    local name id state
    for name in $(service_names); do
        if ! id=$(process_id "$name"); then
            state='is down'
        elif process_is_healthy "$name"; then
            state="is healthy    process $id"
        else
            state="is not healthy    process $id, see ./rensa logs $name"
        fi
        printf '  %-10s %-24s %s\n' "$name" "$(service_url "$name")" "$state"
    done
    if [ -n "$(process_running)" ]; then
        jdk_use
        say
        network_java dev.rensa.network.status.Status "$settings_file"
    fi
}

network_logs() {
    local follow=no names='' name
    while [ $# -gt 0 ]; do
        case $1 in
            -f | --follow) follow=yes ;;
            *)
                network_check_name "$1"
                names=$1
                ;;
        esac
        shift
    done
    settings_load
    set --
    for name in ${names:-$(service_names)}; do
        [ ! -e "$(process_log "$name")" ] || set -- "$@" "$(process_log "$name")"
    done
    [ $# -gt 0 ] || fail "There are no logs yet. They begin with ./rensa up."
    if [ "$follow" = yes ]; then
        exec tail -n 100 -f "$@"
    fi
    tail -n 100 "$@"
}

network_check_name() {
    settings_load
    local name
    for name in $(service_names); do
        [ "$name" != "${1:-}" ] || return 0
    done
    fail "There is no process '${1:-}'. There are: $(service_names | tr '\n' ' ' | sed 's/ $//')."
}

network_kill() {
    network_check_name "${1:-}"
    process_id "$1" >/dev/null || fail "$1 does not run."
    process_kill "$1"
    say "$1 is killed. ./rensa start $1 brings it back."
}

network_start() {
    network_check_name "${1:-}"
    ! process_id "$1" >/dev/null || fail "$1 runs already."
    jdk_use
    local port
    for port in $(service_ports "$1"); do
        ! port_is_taken "$port" || fail "Port $port, which $1 needs, is taken by another program: stop that first."
    done
    process_start "$1"
    process_await "$1"
    say "$1 is healthy: $(service_url "$1")"
}

network_down() {
    local names name
    names=$(process_running)
    [ -n "$names" ] || {
        say "Nothing is running."
        return
    }
    for name in $names; do
        process_terminate "$name"
    done
    for name in $names; do
        if process_stop "$name"; then
            say "  $name is down"
        else
            say "  $name did not end within $STOP_SECONDS s and was killed"
        fi
    done
    say "The data is kept in $home; ./rensa up goes on with it."
}

network_reset() {
    confirm "Stop the network and delete its chain, its wallets and its logs in $home?" || fail "Nothing was deleted."
    network_down >/dev/null
    rm -rf "$home"/node-[1-9] "$home/wallet" "$home/explorer" "$home/log" "$home/run" "$settings_file"
    say "The chain, the wallets and the logs are deleted."
}
