#!/usr/bin/env bash
# Copy the built files and licences of the locked packages to ../static/vendor. To upgrade a package: edit
# package.json, run `npm install --package-lock-only --ignore-scripts`, then run this script.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --silent
# The lock file pins hashes, not hosts.
sed -i '/^ *"resolved":/d' package-lock.json
fonts=node_modules/@fontsource-variable/noto-sans-devanagari
target=../static/vendor
rm -rf "$target" && mkdir -p "$target"
cp "$fonts"/files/noto-sans-devanagari-{devanagari,latin,latin-ext}-wght-normal.woff2 "$target"
cp "$fonts/LICENSE" "$target/noto-sans-devanagari.LICENSE.txt"
cp node_modules/cytoscape/dist/cytoscape.esm.min.mjs "$target"
cp node_modules/cytoscape/LICENSE "$target/cytoscape.LICENSE.txt"
