# How many nodes, on which ports: from the options of up, kept for the commands that come after it.

# Peers look for each other on this many ports from the first on, so the number of nodes is bounded by it.
MAX_NODES=9

settings_file=$home/network.properties

settings_default_ports() {
    node_port=$((8081 + $1))
    peer_port=$((7401 + $1))
    management_port=$((9001 + $1))
    wallet_port=$((8090 + $1))
    explorer_port=$((8070 + $1))
}

settings_load() {
    nodes=3
    lab=0
    settings_default_ports 0
    [ -r "$settings_file" ] || return 0
    local name value
    while IFS='=' read -r name value; do
        settings_check_number "$name in $settings_file" "$value"
        settings_set "$name" "$value" || fail "$settings_file has no setting '$name'. ./rensa up writes it anew once it is deleted."
    done <"$settings_file"
}

settings_save() {
    mkdir -p "$home"
    cat >"$settings_file.new" <<TEXT
nodes=$nodes
lab=$lab
node-port=$node_port
peer-port=$peer_port
management-port=$management_port
wallet-port=$wallet_port
explorer-port=$explorer_port
TEXT
    mv "$settings_file.new" "$settings_file"
}

settings_set() {
    case $1 in
        nodes) nodes=$2 ;;
        lab) lab=$2 ;;
        node-port) node_port=$2 ;;
        peer-port) peer_port=$2 ;;
        management-port) management_port=$2 ;;
        wallet-port) wallet_port=$2 ;;
        explorer-port) explorer_port=$2 ;;
        *) return 1 ;;
    esac
}

# A number of at most five digits and without a zero in front, which the shell would read as octal.
settings_check_number() {
    case $2 in
        '' | *[!0-9]* | ??????* | 0?*) fail "$1 takes a number, not '$2'." ;;
    esac
}

# Reads up's options over what stands already. Sets build=no for --no-build.
settings_parse() {
    build=yes
    while [ $# -gt 0 ]; do
        case $1 in
            --no-build)
                build=no
                shift
                continue
                ;;
            --lab | --no-lab)
                lab=1
                [ "$1" = --lab ] || lab=0
                shift
                continue
                ;;
            --nodes | --node-port | --peer-port | --management-port | --wallet-port | --explorer-port | --port-offset) ;;
            *) fail "up has no option '$1'. ./rensa help lists them." ;;
        esac
        settings_check_number "$1" "${2:-}"
        case $1 in
            --port-offset) settings_default_ports "$2" ;;
            *) settings_set "${1#--}" "$2" ;;
        esac
        shift 2
    done
    settings_check
}

settings_check() {
    [ "$nodes" -ge 1 ] && [ "$nodes" -le "$MAX_NODES" ] || fail "--nodes takes 1 to $MAX_NODES, not $nodes."
    local name port seen=' '
    for name in $(service_names); do
        for port in $(service_ports "$name"); do
            [ "$port" -ge 1 ] && [ "$port" -le 65535 ] || fail "$name would need port $port; ports go from 1 to 65535."
            case $seen in
                *" $port "*) fail "Port $port would be used twice, the second time by $name: give the ranges more room." ;;
            esac
            seen="$seen$port "
        done
    done
}

settings_lab() {
    [ "$lab" = 0 ] && printf false || printf true
}

service_names() {
    local number
    for ((number = 1; number <= nodes; number++)); do
        printf 'node-%s\n' "$number"
    done
    printf 'wallet\nexplorer\n'
}

service_http_port() {
    case $1 in
        wallet) printf '%s' "$wallet_port" ;;
        explorer) printf '%s' "$explorer_port" ;;
        *) printf '%s' $((node_port + ${1#node-} - 1)) ;;
    esac
}

# The wallet's and the explorer's stand behind those of the greatest number of nodes, so that adding nodes moves nothing.
service_management_port() {
    case $1 in
        wallet) printf '%s' $((management_port + MAX_NODES)) ;;
        explorer) printf '%s' $((management_port + MAX_NODES + 1)) ;;
        *) printf '%s' $((management_port + ${1#node-} - 1)) ;;
    esac
}

service_peer_port() {
    printf '%s' $((peer_port + ${1#node-} - 1))
}

service_ports() {
    service_http_port "$1"
    printf '\n'
    service_management_port "$1"
    printf '\n'
    case $1 in
        node-*) service_peer_port "$1" && printf '\n' ;;
    esac
}

service_url() {
    printf 'http://127.0.0.1:%s' "$(service_http_port "$1")"
}

# The base URLs of all nodes, separated by commas.
service_node_urls() {
    local number urls=
    for ((number = 1; number <= nodes; number++)); do
        urls=$urls,$(service_url "node-$number")
    done
    printf '%s' "${urls#,}"
}
