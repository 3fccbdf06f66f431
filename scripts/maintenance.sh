# Work on the data of a node that is stopped: checking its store, its chain as a file.

maintenance() {
    local command=${1:-} name=${2:-} file=
    case $command in
        verify)
            [ $# -eq 2 ] || { [ $# -eq 3 ] && [ "$3" = --signatures ]; } \
                || fail "It is called as ./rensa node verify NAME [--signatures]."
            ;;
        export | import)
            [ $# -eq 3 ] || fail "It is called as ./rensa node $command NAME FILE."
            file=$3
            case $file in
                /*) ;;
                *) file=$PWD/$file ;;
            esac
            ;;
        *) fail "node has no command '$command'. There are: verify, export, import." ;;
    esac
    network_check_name "$name"
    case $name in
        node-*) ;;
        *) fail "$name is not a node." ;;
    esac
    ! process_id "$name" >/dev/null || fail "$name runs. Stop it first: ./rensa down, or ./rensa kill $name."
    [ -e "$(build_artifact node-service)" ] || fail "node-service is not built. Run ./rensa up once, or ./mvnw package -DskipTests."
    jdk_use
    mkdir -p "$(process_data "$name")"
    unset RENSA_HOME RENSA_JDK_SEARCH RENSA_JDK_URL
    cd "$(process_data "$name")" || exit 1
    if [ "$command" = verify ]; then
        shift 2
        set -- verify "$@"
    else
        set -- "$command" "$file"
    fi
    exec "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow "$(process_mark "$name")" -jar "$(build_artifact node-service)" "$@"
}
