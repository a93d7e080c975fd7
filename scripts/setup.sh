#!/bin/sh
# Installs what package-lock.json names, unless it is installed already. Runs before anything else
# is there, so it needs a shell, Node and npm only.
set -eu
cd "$(dirname "$0")/.."

stamp=node_modules/.timetrack-lock
if cmp -s package-lock.json "$stamp"; then exit 0; fi

# npm puts the Node that is about to be replaced first; installing needs the machine's own.
PATH=$(printf %s "$PATH" | tr ':' '\n' | grep -v 'node_modules/\.bin$' | paste -s -d : -)

fail() {
  printf '\ntimetrack: %s\n' "$1" >&2
  exit 1
}

command -v node >/dev/null || fail 'Node is missing. Install Node 20 or newer (on Debian: apt-get install nodejs npm).'
command -v npm >/dev/null || fail 'npm is missing. Install it (on Debian: apt-get install npm).'
version=$(node --version)
major=${version#v}
major=${major%%.*}
[ "$major" -ge 20 ] || fail "Node $version is too old to install with. Install Node 20 or newer."

# npm notes what it has installed; after `npm install` by hand that is what is asked for already.
if node_modules/.bin/node -e '
  const read = (file) => JSON.parse(require("fs").readFileSync(file, "utf8")).packages
  const [asked, installed] = [read("package-lock.json"), read("node_modules/.package-lock.json")]
  const isThere = ([at, { optional, version }]) => !at || optional || installed[at]?.version === version
  process.exit(Object.entries(asked).every(isThere) ? 0 : 1)
' 2>/dev/null; then
  cp package-lock.json "$stamp"
  exit 0
fi

if [ -e node_modules ]; then why='package-lock.json has changed'; else why='nothing is installed yet'; fi
echo "timetrack: installing packages ($why), this takes a minute ..."
began=$(date +%s)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Electron's binary is only fetched where there is a display to show it on. The warnings of packages
# that want a newer Node than npm runs with do not matter: the product runs with the Node installed here.
if ! ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm ci --loglevel=error --no-progress >"$log" 2>&1; then
  cat "$log" >&2
  if grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT' "$log"; then
    fail 'The npm registry could not be reached. Connect this machine once (or set up a mirror: npm config set registry URL) and start again.'
  fi
  fail 'npm ci failed, see above. When package.json and package-lock.json disagree, run npm install.'
fi
cp package-lock.json "$stamp"
echo "timetrack: installed in $(($(date +%s) - began)) s."
