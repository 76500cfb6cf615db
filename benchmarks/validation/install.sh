#!/bin/sh
# Installs the peers of the benchmark in environments of their own beside the library's (PYTHON: the interpreter).
set -eu
cd "$(dirname "$0")/../.."
python="${PYTHON:-python3}"
make_environment() {
    where="$1"
    shift
    [ -x "$where/bin/python" ] || "$python" -m venv --without-pip "$where"
    "$python" -m pip --python "$where/bin/python" install --quiet --disable-pip-version-check "$@"
}
make_environment .venv-peers 'polars>=2.0' 'pandas>=3.0' pyarrow dataframely 'pandera[pandas,polars]' pointblank frictionless
make_environment .venv-peers-gx great-expectations pandas pyarrow
