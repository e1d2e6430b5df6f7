#!/bin/bash
# Whether a webhook was signed with our secret: verify.sh ID TIMESTAMP SIGNATURE < body
# A signature older than five minutes is not good, however right it is.
set -eu
age=$(( $(date +%s) - $2 ))
[ "${age#-}" -le 300 ] || exit 1
key=$(printf %s "${TONGXIN_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n')
made=$( { printf '%s.%s.' "$1" "$2"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64 -w0)
for one in $3; do
  if [ "$one" = "v1,$made" ]; then exit 0; fi
done
exit 1
