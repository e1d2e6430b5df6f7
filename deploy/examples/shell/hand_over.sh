#!/bin/sh
# Hand a matter over, and print the receipt: hand_over.sh '{"number": …, "area": …, "title": …}'
# Ends with 22 where it is refused; the answer says why.
exec curl --silent --show-error --fail-with-body --max-time 30 \
  ${TONGXIN_CA:+--cacert "$TONGXIN_CA"} \
  --header "Authorization: Bearer $TONGXIN_KEY" \
  --header "Content-Type: application/json" \
  --data "$1" "$TONGXIN_URL/api/v1/handovers"
