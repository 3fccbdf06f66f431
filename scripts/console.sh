# How the script speaks: plain sentences on the terminal, failures on standard error.

say() {
    printf '%s\n' "$*"
}

# Ends the script. One sentence that says what was wrong, and one that says what to do.
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Asks until the end of the input, which counts as no: a script that nobody watches agrees to nothing.
confirm() {
    [ "$assume_yes" = no ] || return 0
    printf '%s [y/N] ' "$1"
    local answer=
    read -r answer || printf '\n'
    case $answer in
        y | Y | yes | Yes) return 0 ;;
        *) return 1 ;;
    esac
}
