# A base for images out of this machine's own JDK and C library, where no registry is reached: a shell beside them, and nothing else.

BASE_IMAGE_PROGRAMS="bash sh sleep cat id ls mkdir"
# Of the JDK's libraries, those that a service without a screen loads; RocksDB wants that of C++ besides.
BASE_IMAGE_JDK_LIBRARIES="libjli libjava libjimage libzip libnet libnio libextnet libmanagement libmanagement_ext libverify libprefs"

# Sets base_image to an archive as docker save writes it, which jib reads.
base_image_make() {
    [ "$(uname -s)" = Linux ] && command -v ldd >/dev/null \
        || fail "--own-base takes the base's files from a Linux machine, and this is none: leave it out where a registry is reached."
    local work=$home/base-image
    base_image=$work/base.tar
    rm -rf "$work"
    mkdir -p "$work/archive" "$work/root/tmp" "$work/root/etc" "$work/root/opt" "$work/root/usr/bin"
    chmod 1777 "$work/root/tmp"
    base_image_fill "$work/root"
    base_image_tar "$work/root" "$work/archive/layer.tar" .
    base_image_describe "$work/archive"
    base_image_tar "$work/archive" "$base_image" manifest.json config.json layer.tar
    rm -rf "$work/root" "$work/archive"
}

base_image_fill() {
    local target=$1 program file part
    cp -a "$JAVA_HOME/." "$target/opt/java"
    for part in jmods demo man include legal lib/src.zip lib/ct.sym; do
        rm -rf "$target/opt/java/$part"
    done
    ln -s /opt/java/bin/java "$target/usr/bin/java"
    for program in $BASE_IMAGE_PROGRAMS; do
        command -v "$program"
    done >"$target.files"
    base_image_libraries "$target" | sort -u >>"$target.files"
    while read -r file; do
        mkdir -p "$target${file%/*}"
        cp -L "$file" "$target$file"
    done <"$target.files"
    rm -f "$target.files"
    printf 'root:x:0:0:root:/root:/bin/bash\n' >"$target/etc/passwd"
    printf 'root:x:0:\n' >"$target/etc/group"
    # Without it glibc asks for names in an order of its own.
    printf 'hosts: files dns\n' >"$target/etc/nsswitch.conf"
}

# What programs and JDK are linked with, and what the C library loads by itself to resolve names.
base_image_libraries() {
    local library
    {
        while read -r library; do
            ldd "$library"
        done <"$1.files"
        ldd "$JAVA_HOME/bin/java" "$JAVA_HOME/lib/server/libjvm.so"
        for library in $BASE_IMAGE_JDK_LIBRARIES; do
            [ ! -e "$JAVA_HOME/lib/$library.so" ] || ldd "$JAVA_HOME/lib/$library.so"
        done
    } | grep -o '/[^ ():]*' | grep -v "^$JAVA_HOME/"
    ldconfig -p | sed -n 's/^[[:space:]]*lib\(stdc++\|nss_dns\|nss_files\|resolv\)\.so\.[0-9]* .*=> //p' | grep -v -e '/lib32/' -e '/libx32/'
    ldconfig -p | sed -n 's/^[[:space:]]*libgcc_s\.so\.1 .*=> //p' | grep -v -e '/lib32/' -e '/libx32/'
}

# The files of a folder as an archive, named as they are given: the same files give the same bytes.
base_image_tar() {
    local folder=$1 archive=$2
    shift 2
    tar --create --file "$archive" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --directory "$folder" "$@"
}

base_image_describe() {
    local architecture digest
    case $(uname -m) in
        x86_64) architecture=amd64 ;;
        aarch64) architecture=arm64 ;;
        *) architecture=$(uname -m) ;;
    esac
    digest=$(jdk_sha256 "$1/layer.tar")
    printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z","config":{"Env":["PATH=/usr/bin:/bin","JAVA_HOME=/opt/java"]},' \
        "$architecture" >"$1/config.json"
    printf '"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$digest" >>"$1/config.json"
    printf '[{"Config":"config.json","RepoTags":["rensa/base:own"],"Layers":["layer.tar"]}]' >"$1/manifest.json"
}
