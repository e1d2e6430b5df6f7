#!/bin/bash
# Follow public facts with nothing but bash, in the NATS text protocol: follow.sh FILE
# One line a fact: its id, its sequence, its data. Ends when nothing has come for IDLE_S seconds.
set -eu
export LC_ALL=C # Lengths are in bytes.
file=$1 inbox=_INBOX_$TONGXIN_USER.$$ idle=${IDLE_S:-10}
place=${TONGXIN_NATS#nats://}
touch "$file"

if [ -n "${TONGXIN_CA:-}" ]; then
  coproc openssl s_client -quiet -verify_return_error -verify_hostname "${place%:*}" \
    -CAfile "$TONGXIN_CA" -connect "$place" 2>/dev/null
  exec 3<&"${COPROC[0]}" 4>&"${COPROC[1]}"
else
  exec 3<>"/dev/tcp/${place%:*}/${place##*:}" 4>&3
fi
read -r _ <&3 || { echo "nobody to be trusted answers at $place" >&2; exit 1; } # INFO
printf 'CONNECT {"user":"%s","pass":"%s","verbose":false,"headers":true,"protocol":1}\r\n' \
  "$TONGXIN_USER" "$TONGXIN_KEY" >&4
printf 'PING\r\n' >&4
until [ "${answer:-}" = PONG ]; do
  read -r answer reason <&3 || { answer=-ERR reason="no answer"; }
  answer=${answer%$'\r'}
  if [ "$answer" = -ERR ]; then echo "not let in: ${reason%$'\r'}" >&2; exit 1; fi
done
printf 'SUB %s 1\r\n' "$inbox" >&4

say() { printf 'PUB %s %d\r\n%s\r\n' "$1" "${#2}" "$2" >&4; }

next() {
  printf 'PUB $JS.API.CONSUMER.MSG.NEXT.PUBLIC.%s %s %d\r\n%s\r\n' \
    "$TONGXIN_USER" "$inbox" "${#1}" "$1" >&4
}

header() { printf '%s' "$2" | tr -d '\r' | sed -n "s/^$1: //p"; }

while :; do
  next "{\"batch\":1,\"expires\":${idle}000000000}"
  while read -r kind _ _ rest <&3; do
    case $kind in
    PING) printf 'PONG\r\n' >&4 ;;
    HMSG) break ;;
    -ERR*) echo "$kind $rest" >&2; exit 1 ;;
    esac
  done
  rest=${rest%$'\r'}
  read -r -a sizes <<<"$rest" # [reply] bytes of headers, bytes in all
  total=${sizes[-1]} head=${sizes[-2]}
  IFS= read -r -N $((total + 2)) message <&3
  if [ "${#sizes[@]}" -eq 2 ]; then break; fi # A status without a reply: nothing is there.
  headers=${message:0:head} body=${message:head:total-head}
  id=$(header ce-id "$headers")
  if ! grep -q "^$id " "$file"; then
    printf '%s %s %s\n' "$id" "$(header ce-sequence "$headers")" "$body" >>"$file"
  fi
  say "${sizes[0]}" +ACK
done
