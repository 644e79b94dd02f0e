#!/usr/bin/env bash
# Builds a release for Linux on x86-64, from what is checked out:
#
#   amends-VERSION-TARGET.tar.gz    the static binary, completions, manual pages, licences
#   amends_VERSION_amd64.deb        the same for Debian and Ubuntu
#   amends-VERSION.cdx.json         a CycloneDX bill of materials
#   SHA256SUMS                      of the three
#
# usage: release/build.sh [DIR]     writes to DIR, or target/dist
#
# Needs a C compiler for musl (musl-tools), Python 3, cargo-deb and cargo-cyclonedx:
#   apt-get install musl-tools
#   rustup target add x86_64-unknown-linux-musl
#   cargo install --locked cargo-deb cargo-cyclonedx
# The same commit and tools give the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-unknown-linux-musl
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
name=amends-$version-$target
dist=${1:-target/dist}
# cargo-deb takes what it packs from there.
share=target/share
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

rm -rf "$share"
mkdir -p "$dist" "$share"

echo "amends $version: the binary"
# Neither symbols nor the builder's folders go into it.
export CARGO_PROFILE_RELEASE_STRIP=symbols
export CARGO_TARGET_DIR=target
export RUSTFLAGS="--remap-path-prefix=$PWD=. --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo"
cargo build --release --locked --target "$target" --bin amends
amends=target/$target/release/amends
if readelf --dynamic "$amends" | grep -q NEEDED; then
    echo "release/build.sh: $amends is not static" >&2
    exit 1
fi
[ "$("$amends" --version)" = "amends $version" ]

echo "amends $version: completions, manual pages, licences"
mkdir "$share/completions"
"$amends" completions bash > "$share/completions/amends.bash"
"$amends" completions zsh > "$share/completions/_amends"
"$amends" completions fish > "$share/completions/amends.fish"
"$amends" completions powershell > "$share/completions/_amends.ps1"
"$amends" man --out "$share/man"
release/licences "$target" > "$share/THIRD-PARTY.txt"

echo "amends $version: the archive"
mkdir "$share/$name"
cp "$amends" README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$share/THIRD-PARTY.txt" "$share/$name"
cp -r "$share/completions" "$share/man" recipes "$share/$name"
tar --create --directory "$share" --sort=name --owner=0 --group=0 --numeric-owner --mode=go=u,go-w \
    --mtime="@$SOURCE_DATE_EPOCH" "$name" | gzip --no-name --best > "$dist/$name.tar.gz"

echo "amends $version: the Debian package"
deb=amends_${version}_amd64.deb
cargo deb --package amends --target "$target" --no-build --no-strip --output "$dist/$deb"

echo "amends $version: the bill of materials"
sbom=amends-$version.cdx
cargo cyclonedx --format json --spec-version 1.5 --target "$target" --override-filename "$sbom"
# The folder it was built in tells nobody anything.
sed "s|file://$PWD|file://.|g" "$sbom.json" > "$dist/$sbom.json"
# It describes each crate of the workspace by itself as well.
rm "$sbom.json" crates/*/"$sbom.json"

(cd "$dist" && sha256sum "$name.tar.gz" "$deb" "$sbom.json" > SHA256SUMS && cat SHA256SUMS)
