#!/usr/bin/env bash
# Sends coins from a fresh account to another one and sees them mined on every node. Needs nothing but bash and sleep, so that
# every image of ours can run it. WALLET and NODES are host:port; ADMIN_KEY, if it is set, lets nodes mine for the test where there
# is no faucet; API_KEY is the wallet's.
set -eu

LIMIT_SECONDS=${LIMIT_SECONDS:-180}
admin=${ADMIN_KEY:+X-Rensa-Admin-Key: $ADMIN_KEY}
api=${API_KEY:+X-Rensa-Api-Key: $API_KEY}
number='([0-9]+)'
text='"([^"]*)"'

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }

# request METHOD HOST:PORT PATH HEADER BODY: sets status and body. An answer that does not come is status 000.
request() {
    local host=${2%:*} port=${2##*:} line=
    status=000 body=
    { exec 3<>"/dev/tcp/$host/$port"; } 2>/dev/null || return 0
    printf '%s %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s%s\r\n%s' \
        "$1" "$3" "$2" "${#5}" "$4" "${4:+$'\r\n'}" "$5" >&3 || true
    if read -r -t 30 _ status _ <&3; then
        while read -r -t 30 line <&3 && [ "${line%$'\r'}" != "" ]; do :; done
        read -r -d '' -t 30 body <&3 || true
    fi
    exec 3<&- 3>&-
}

# field NAME PATTERN: the first value of that name in body.
field() {
    [[ $body =~ \"$1\":$2 ]] && value=${BASH_REMATCH[1]}
}

# until_true SENTENCE COMMAND…: repeats the command, a second between, until it is true.
until_true() {
    local sentence=$1 began=$SECONDS
    shift
    until "$@"; do
        [ $((SECONDS - began)) -lt "$LIMIT_SECONDS" ] || fail "$sentence within $LIMIT_SECONDS s; the last answer was $status $body"
        sleep 1
    done
}

new_account() {
    request POST "$WALLET" /wallets "$api" '{"label":"helm test"}'
    [ "$status" = 201 ] && field id "$text"
}

wallet_answers() {
    request GET "$WALLET" /status "$api" ''
    [ "$status" = 200 ]
}

account() {
    until_true "the wallet made no account" new_account
    id=$value
    field address "$text" || fail "the wallet told no address"
    address=$value
}

balance_of_a() {
    request GET "${nodes[0]}" "/accounts/$a" '' ''
    field balance "$number" && [ "$value" -ge 2 ]
}

# The faucet serves once the wallet knows a node; 404 says that there is none on this network.
faucet_decides() {
    request POST "$WALLET" /faucet "$api" "{\"address\":\"$a\",\"coins\":\"2\"}"
    [ "$status" = 202 ] || [ "$status" = 404 ]
}

fund() {
    until_true "the faucet did not answer" faucet_decides
    if [ "$status" = 202 ]; then
        say "The faucet pays A."
        mine '{"blocks":1}'
    else
        [ -n "$admin" ] || fail "there is no faucet on this network, and without node.admin.existingSecret no node mines for the test"
        mine "{\"miner\":\"$a\",\"blocks\":1}"
        say "There is no faucet here; a block was mined for A."
    fi
    until_true "A received nothing" balance_of_a
    amount=$((value / 2))
}

# Mines where the test may: then it need not wait for a block, and works where blocks are made by hand.
mine() {
    [ -n "$admin" ] || return 0
    request POST "${nodes[0]}" /mine "$admin" "$1"
    [ "$status" = 200 ] || fail "the node does not mine: $status $body"
}

pay() {
    request POST "$WALLET" "/wallets/$a_id/transfers" "Idempotency-Key: helm-test-$a${api:+$'\r\n'$api}" \
        "{\"recipient\":\"$b\",\"amount\":$amount}"
    [ "$status" = 202 ] || [ "$status" = 200 ]
}

is_mined_by_the_wallet() {
    request GET "$WALLET" "/transfers/$transfer" "$api" ''
    field state "$text" || return 1
    case $value in
        failed | expired | replaced) fail "the wallet gave the transfer up: $body" ;;
        mined | final) field transactionId "$text" ;;
        *) return 1 ;;
    esac
}

is_mined_by_node() {
    request GET "$1" "/transactions/$transaction" '' ''
    field state "$text" && [ "$value" = mined ] && field block "$text"
}

read -r -a nodes <<<"$NODES"
until_true "the wallet did not answer" wallet_answers
account && a=$address a_id=$id
account && b=$address
say "A $a"
say "B $b"
fund
until_true "the wallet took no transfer" pay
field id "$text" || fail "the wallet told no id of the transfer: $body"
transfer=$value
mine '{"blocks":1}'
until_true "the transfer was not mined" is_mined_by_the_wallet
transaction=$value
say "A pays $amount mon to B: transaction $transaction"
for node in "${nodes[@]}"; do
    until_true "$node did not mine it" is_mined_by_node "$node"
    say "$node has it in block $value"
done
say "Every node agrees that B was paid."
