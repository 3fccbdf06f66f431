# Finds a JDK that is new enough, or fetches one after asking. Sets JAVA_HOME, jdk_version and jdk_origin.

JDK_RELEASE=25
# The release that the project is built and tested with.
JDK_DOWNLOAD_VERSION=25.0.3+9

jdk_use() {
    if jdk_find; then
        export JAVA_HOME
        return
    fi
    jdk_download
    jdk_accept "$home/jdk" "downloaded by ./rensa" \
        || fail "What was downloaded to $home/jdk is not a JDK $JDK_RELEASE: delete that folder and install one from https://adoptium.net."
    export JAVA_HOME
}

jdk_find() {
    [ -z "${JAVA_HOME:-}" ] || ! jdk_accept "$JAVA_HOME" "from JAVA_HOME" || return 0
    jdk_find_on_path && return
    jdk_accept "$home/jdk" "downloaded by ./rensa" && return
    jdk_find_in_places && return
    [ -x /usr/libexec/java_home ] && [ -z "${RENSA_JDK_SEARCH:-}" ] \
        && jdk_accept "$(/usr/libexec/java_home -v "$JDK_RELEASE+" 2>/dev/null)" "from java_home"
}

jdk_find_on_path() {
    local java
    java=$(command -v java) || return 1
    # macOS puts a stand-in there that opens a dialogue when no JDK is installed; java_home answers for it.
    [ "$java" != /usr/bin/java ] || [ "$(uname -s)" != Darwin ] || return 1
    # A java on the PATH may be a link or a version manager's wrapper: only it knows its home.
    jdk_accept "$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')" "on the PATH"
}

jdk_find_in_places() {
    local usual=/usr/lib/jvm:/opt/java:/opt:$HOME/.sdkman/candidates/java:$HOME/.jdks
    usual=$usual:/opt/homebrew/opt:/usr/local/opt:/home/linuxbrew/.linuxbrew/opt
    usual=$usual:$HOME/Library/Java/JavaVirtualMachines:/Library/Java/JavaVirtualMachines
    local found='' found_in='' place candidate
    local IFS=:
    for place in ${RENSA_JDK_SEARCH:-$usual}; do
        for candidate in "$place"/*; do
            jdk_accept "$candidate" "found in $place" || continue
            # The release that the project is tested with comes before a newer one.
            [ "${jdk_version%%.*}" != "$JDK_RELEASE" ] || return 0
            [ -n "$found" ] || { found=$candidate && found_in=$place; }
        done
    done
    [ -n "$found" ] && jdk_accept "$found" "found in $found_in"
}

# Takes a folder as JAVA_HOME if it, or what macOS or Homebrew wrap inside it, is a JDK and new enough.
jdk_accept() {
    local candidate
    [ -n "$1" ] || return 1
    for candidate in "$1" "$1/Contents/Home" "$1/libexec/openjdk.jdk/Contents/Home" "$1/libexec"; do
        [ -x "$candidate/bin/java" ] && [ -x "$candidate/bin/javac" ] || continue
        jdk_version=$(jdk_version_of "$candidate")
        case ${jdk_version%%[.+-]*} in
            '' | *[!0-9]*) continue ;;
        esac
        [ "${jdk_version%%[.+-]*}" -ge "$JDK_RELEASE" ] || continue
        JAVA_HOME=$candidate
        jdk_origin=$2
        return
    done
    return 1
}

jdk_version_of() {
    local version=
    # Reading is a hundred times faster than starting Java, but not every packager ships the file.
    [ ! -r "$1/release" ] || version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release")
    [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.* version "\([^"]*\)".*/\1/p')
    printf '%s' "$version"
}

jdk_download() {
    local install="Install a JDK $JDK_RELEASE or newer, for example from https://adoptium.net, and set JAVA_HOME to it."
    local address
    address=${RENSA_JDK_URL:-$(jdk_address)} || fail "No JDK $JDK_RELEASE was found, and Temurin has none for this machine ($(uname -sm)). $install"

    say "No JDK $JDK_RELEASE or newer was found in JAVA_HOME, on the PATH or in the usual places."
    confirm "Download Temurin $JDK_RELEASE (about 140 MB) from $address to $home/jdk?" \
        || fail "Nothing was downloaded. $install"

    local partial=$home/jdk.partial
    rm -rf "$partial"
    mkdir -p "$partial/jdk"
    say "Downloading …"
    jdk_fetch "$address" "$partial/archive" || jdk_abandon "$address cannot be fetched. $install"
    jdk_fetch "$address.sha256.txt" "$partial/checksum" || jdk_abandon "$address.sha256.txt cannot be fetched. $install"
    local expected='' actual
    read -r expected _ <"$partial/checksum" || true
    actual=$(jdk_sha256 "$partial/archive")
    [ -n "$actual" ] || jdk_abandon "Neither sha256sum nor shasum is here to check the download with. $install"
    [ "$actual" = "$expected" ] \
        || jdk_abandon "The download is damaged or not genuine: its SHA-256 is $actual, not ${expected:-stated}. Try again, or: $install"
    tar -xzf "$partial/archive" -C "$partial/jdk" --strip-components=1 \
        || jdk_abandon "The archive cannot be unpacked to $home. $install"
    rm -rf "$home/jdk"
    mv "$partial/jdk" "$home/jdk"
    rm -rf "$partial"
}

jdk_abandon() {
    rm -rf "$home/jdk.partial"
    fail "$@"
}

jdk_address() {
    local system machine version=$JDK_DOWNLOAD_VERSION
    case $(uname -s) in
        Linux) system=linux ;;
        Darwin) system=mac ;;
        *) return 1 ;;
    esac
    case $(uname -m) in
        x86_64 | amd64) machine=x64 ;;
        aarch64 | arm64) machine=aarch64 ;;
        *) return 1 ;;
    esac
    printf 'https://github.com/adoptium/temurin%s-binaries/releases/download/jdk-%s%%2B%s/OpenJDK%sU-jdk_%s_%s_hotspot_%s_%s.tar.gz' \
        "$JDK_RELEASE" "${version%+*}" "${version#*+}" "$JDK_RELEASE" "$machine" "$system" "${version%+*}" "${version#*+}"
}

jdk_fetch() {
    if command -v curl >/dev/null; then
        curl --fail --silent --show-error --location --connect-timeout 20 --output "$2" "$1"
    elif command -v wget >/dev/null; then
        wget --quiet --timeout=20 --output-document="$2" "$1"
    else
        say "Neither curl nor wget is here to download with." >&2
        return 1
    fi
}

jdk_sha256() {
    if command -v sha256sum >/dev/null; then
        sha256sum "$1" | cut -d ' ' -f 1
    elif command -v shasum >/dev/null; then
        shasum -a 256 "$1" | cut -d ' ' -f 1
    fi
}
