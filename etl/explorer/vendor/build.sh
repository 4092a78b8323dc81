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

# Network: the layout, and the two packages that it builds on.
for package in layout-base cose-base cytoscape-fcose; do
  cp "node_modules/$package/$package.js" "$target"
  cp "node_modules/$package/LICENSE" "$target/$package.LICENSE.txt"
done

# Map: country shapes of Natural Earth as TopoJSON, the code that decodes them, and the projections.
cp node_modules/world-atlas/countries-50m.json "$target"
cp node_modules/world-atlas/LICENSE "$target/world-atlas.LICENSE.txt"
cp node_modules/internmap/LICENSE "$target/internmap.LICENSE.txt" # d3-array.min.js contains it
for package in d3-array d3-geo topojson-client; do
  cp "node_modules/$package/dist/$package.min.js" "$target"
  cp "node_modules/$package/LICENSE" "$target/$package.LICENSE.txt"
done
