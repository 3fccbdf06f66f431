# Makes a table of a chart's values: each key that a comment beginning with "# --" stands above, its default, and that comment.

function row(path, value) {
    gsub(/\|/, "\\|", value)
    printf "| `%s` | %s | %s |\n", path, (value == "" ? "" : "`" value "`"), description
    description = ""
}

# A default that goes over several lines is written in one, as YAML's flow style.
function flush() {
    if (open == "") return
    row(open, block)
    open = ""
    block = ""
}

BEGIN { print "| value | default | |\n|---|---|---|" }

/^ *$/ { next }

/^ *# -- / {
    flush()
    sub(/^ *# -- /, "")
    description = $0
    next
}

/^ *#/ { next }

{
    match($0, /^ */)
    depth = RLENGTH / 2
    line = substr($0, RLENGTH + 1)
    if (open != "" && depth > open_depth) {
        block = block (block == "" ? "" : " ") line
        next
    }
    flush()
    colon = index(line, ":")
    key[depth] = substr(line, 1, colon - 1)
    value = substr(line, colon + 2)
    path = key[0]
    for (level = 1; level <= depth; level++) path = path "." key[level]
    if (description == "") next
    if (value == "") {
        open = path
        open_depth = depth
    } else {
        row(path, value)
    }
}

END { flush() }
