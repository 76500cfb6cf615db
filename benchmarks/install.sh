#!/bin/sh
# Installs what benchmarks/accuracy.py prints and reads with, from Debian's packages, where it is missing.
set -eu
wanted=""
command -v chromium >/dev/null || wanted="$wanted chromium fonts-liberation"
command -v tesseract >/dev/null || wanted="$wanted tesseract-ocr tesseract-ocr-fin"
[ -z "$wanted" ] && exit 0
apt-get update
# shellcheck disable=SC2086
apt-get install --yes --no-install-recommends $wanted
