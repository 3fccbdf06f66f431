# Builds what runs, when the sources are newer than it, and runs the tests.

build_artifact() {
    case $1 in
        network-tests) printf '%s' "$root/network-tests/target/lib/rensa-protocol.jar" ;;
        benchmarks) printf '%s' "$root/benchmarks/target/lib/jmh-core.jar" ;;
        *) printf '%s' "$root/$1/target/quarkus-app/quarkus-run.jar" ;;
    esac
}

# Maven leaves an artifact alone whose inputs only look newer, so the last successful build counts beside its date. Folders count
# too: a file that was deleted is seen in its folder's date alone.
# With an argument that profile's module counts too, which has the profile's name.
build_is_stale() {
    local module artifact stamp=$home/built${1:+-$1}
    for module in node-service wallet-service explorer-service network-tests ${1:+"$1"}; do
        artifact=$(build_artifact "$module")
        [ -e "$artifact" ] || return 0
        [ -e "$stamp" ] || stamp=$artifact
        [ -z "$(find "$root/pom.xml" "$root/protocol/pom.xml" "$root/protocol/src/main" \
            "$root/$module/pom.xml" "$root/$module/src/main" -newer "$artifact" -newer "$stamp" -print | head -n 1)" ] || return 0
    done
    return 1
}

build_if_needed() {
    build_is_stale "$@" || return 0
    build_prepare
    local began=$SECONDS
    say "Building; the first time Maven also downloads what it needs, which may take some minutes …"
    mkdir -p "$home"
    touch "$home/built.new"
    build_maven -T 1C --quiet -DskipTests ${1:+"-P$1"} package \
        || fail "The build failed; the reason stands above. ./mvnw package shows the compiler's warnings too."
    mv "$home/built.new" "$home/built${1:+-$1}"
    say "Built in $((SECONDS - began)) s."
}

build_prepare() {
    build_check_nothing_runs
    build_forget_deleted
}

build_check_nothing_runs() {
    [ -z "$(process_running)" ] || fail "The network runs from the files that would be rebuilt. Stop it first: ./rensa down."
}

# Maven copies resources and takes none away: a template or a migration that was deleted since the last build would be built in again.
build_forget_deleted() {
    local module part left
    for module in protocol node-service wallet-service explorer-service; do
        for part in main:classes test:test-classes; do
            left=$(build_left_over "$root/$module/src/${part%:*}/resources" "$root/$module/target/${part#*:}")
            if [ -n "$left" ]; then
                say "$module is built from scratch, because its last build holds what its sources no longer have: ${left#./}"
                rm -rf "$root/$module/target"
            fi
        done
    done
}

# The first file beside the classes that is not one of the resources any more; nothing if all are.
build_left_over() {
    [ -d "$2" ] || return 0
    (cd "$2" && find . -type f ! -name '*.class' -print) | while read -r file; do
        if [ ! -e "$1/$file" ]; then
            printf '%s' "$file"
            break
        fi
    done
}

build_test() {
    jdk_use
    build_prepare
    build_test_tools "$@"
    # With the benchmarks, which would otherwise stop to compile unnoticed. Compiled and looked through a module a core at once,
    # tested one at a time.
    say "Compiling …"
    build_maven -T 1C --quiet -Pbenchmarks verify "$@" -DskipTests
    build_maven --batch-mode --no-transfer-progress -Pbenchmarks -Dspotless.check.skip -Dquarkus.build.skip verify "$@"
}

# Some tests ask a real DNS server, others look at the pages in a real browser, others run containers. Where these cannot be
# installed the tests are skipped, and say so.
build_test_tools() {
    [ -x /usr/sbin/dnsmasq ] || build_test_install "the tests that ask a DNS server" dnsmasq-base
    [ -n "${RENSA_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || build_test_install "the tests that look at the pages" chromium
    case " $* " in
        *" -Dcontainers=true "*) (images_program) >/dev/null 2>&1 || build_test_containers ;;
    esac
}

# A whole container engine is installed for those alone who said yes to everything.
build_test_containers() {
    if [ "$assume_yes" = yes ]; then
        build_test_install "the tests of the images" podman runc netavark aardvark-dns iptables
    else
        say "Neither docker nor podman answers: the tests of the images are skipped (on Debian ./rensa test --yes installs podman)."
    fi
}

# What needs it, and its packages in Debian.
build_test_install() {
    local what=$1
    shift
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing $* for $what …"
        build_apt_install "$@" || { apt-get update >/dev/null 2>&1 && build_apt_install "$@"; } && return 0
    fi
    say "$* is missing (Debian: apt install $*): $what are skipped."
}

build_apt_install() {
    apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1
}

# The benchmarks start nodes of their own, on free ports, beside a network that may run; noise is the reader's matter.
build_bench() {
    jdk_use
    build_if_needed benchmarks
    mkdir -p "$home/bench"
    local node=$root/node-service/target/quarkus-app commit
    local classes=$root/benchmarks/target/classes:$root/benchmarks/target/lib/*:$root/network-tests/target/classes
    commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null) || commit=unknown
    set -- -Dbench.commit="$commit" -cp "$classes:$node/app/*:$node/lib/main/*:$node/lib/boot/*" "$@"
    bench_java "$@"
}

# The first word behind the class path chooses between the parts of the benchmark and JMH.
bench_java() {
    local settings=("$1" "$2" "$3")
    shift 3
    if [ "${1:-}" = jmh ]; then
        shift
        set -- org.openjdk.jmh.Main "$@"
    else
        set -- dev.rensa.bench.Bench "$home/bench" "$@"
    fi
    (cd "$root" && "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -Djava.util.logging.manager=org.jboss.logmanager.LogManager "${settings[@]}" "$@")
}

# The targets are test classes of the node; Maven fetches Jazzer the first time. What is found stays in fuzz/ of RENSA_HOME.
build_fuzz() {
    jdk_use
    build_maven --quiet -Pfuzz -pl protocol,node-service process-test-classes \
        || fail "The build failed; the reason stands above."
    mkdir -p "$home/fuzz"
    exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED \
        -cp "$root/node-service/target/test-classes:$root/node-service/target/classes:$(cat "$root/node-service/target/fuzz.classpath")" \
        dev.rensa.node.fuzz.FuzzRun "$home/fuzz" "$@"
}

# From the project's folder, because Maven reads .mvn/ of the folder that it is started in.
# A build is too short for the thorough compiler of the JVM, which would take a core from the build.
build_maven() {
    (cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}" ./mvnw "$@")
}
