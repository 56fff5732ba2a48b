# Sourced by ./run and ./test: builds web/dist when what goes into it has changed since the last time.

build_web() {
  local sources stamp=web/node_modules/.built-from
  # What git would take in, so that neither node_modules nor results of tests count.
  sources="$(git ls-files -co --exclude-standard web 2>/dev/null | grep -v '^web/e2e/' || find web -path web/node_modules -prune -o -path web/dist -prune -o -path web/e2e -prune -o -type f -print)"
  local now
  now="$(printf '%s\n' "$sources" | LC_ALL=C sort | while read -r file; do [ -f "$file" ] && sha256sum "$file"; done | sha256sum)"
  if [ ! -d web/node_modules ] || [ web/package-lock.json -nt web/node_modules/.package-lock.json ]; then
    say "Cài các gói của giao diện web (npm ci): khoảng một phút"
    npm ci --prefix web --no-progress >&2
  fi
  if [ ! -f web/dist/index.html ] || [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$now" ]; then
    say "Dựng giao diện web"
    npm --prefix web run build >&2
    printf '%s\n' "$now" > "$stamp"
  fi
}
