#!/bin/sh
# Installs deskcheck from this bundle, without any network: sh install.sh [--prefix /opt/deskcheck]
# A second run (a newer bundle) replaces the program; the data folder is never touched.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
prefix=/opt/deskcheck
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=${2:?--prefix wants a folder}; shift 2 ;;
    --prefix=*) prefix=${1#--prefix=}; shift ;;
    *) echo "usage: sh install.sh [--prefix FOLDER]" >&2; exit 2 ;;
  esac
done
case $prefix in /*) ;; *) echo "--prefix $prefix: wanted an absolute path" >&2; exit 2 ;; esac

machine=$(sed -n 's/^ *"machine": "\(.*\)",$/\1/p' "$here/manifest.json")
if [ "$machine" != "$(uname -m)" ]; then
  echo "This bundle is for $machine, this machine is $(uname -m)." >&2; exit 1
fi
(cd "$here" && sha256sum --quiet --strict -c SHA256SUMS) || {
  echo "The bundle is damaged: copy it again." >&2; exit 1; }

new="$prefix/.new.$$"
trap 'rm -rf "$new"' EXIT
mkdir -p "$prefix" "$new"
cp -R "$here/python" "$new/python"
rm -rf "$prefix/python.old" "$prefix/venv.old"
if [ -e "$prefix/python" ]; then mv "$prefix/python" "$prefix/python.old"; fi
if [ -e "$prefix/venv" ]; then mv "$prefix/venv" "$prefix/venv.old"; fi
mv "$new/python" "$prefix/python"

fail() {
  echo "$1 What was there before is back." >&2
  rm -rf "$prefix/python" "$prefix/venv"
  if [ -e "$prefix/python.old" ]; then mv "$prefix/python.old" "$prefix/python"; fi
  if [ -e "$prefix/venv.old" ]; then mv "$prefix/venv.old" "$prefix/venv"; fi
  exit 1
}
unset PYTHONHOME PYTHONPATH PIP_INDEX_URL PIP_EXTRA_INDEX_URL 2>/dev/null || true
LD_LIBRARY_PATH="$prefix/python/lib"; export LD_LIBRARY_PATH
"$prefix/python/bin/python3.11" -c 'import ssl, sqlite3, zlib, ctypes' ||
  fail "The bundled Python does not start here (glibc older than the manifest says?)."
"$prefix/python/bin/python3.11" -m venv --copies "$prefix/venv" || fail "No environment was made."
"$prefix/venv/bin/python" -m pip --isolated install --quiet --no-index --no-deps \
  --no-cache-dir --disable-pip-version-check "$here"/wheels/*.whl || fail "The wheels did not install."

mkdir -p "$prefix/bin"
cat >"$new/deskcheck" <<END
#!/bin/sh
LD_LIBRARY_PATH="$prefix/python/lib"; export LD_LIBRARY_PATH
exec "$prefix/venv/bin/python" -I -m service.cli "\$@"
END
chmod 755 "$new/deskcheck"
mv "$new/deskcheck" "$prefix/bin/deskcheck"
"$prefix/bin/deskcheck" --help >/dev/null || fail "deskcheck does not start."
rm -rf "$prefix/share" "$prefix/python.old" "$prefix/venv.old"
cp -R "$here/deploy" "$prefix/share"
echo "$prefix/bin/deskcheck"
