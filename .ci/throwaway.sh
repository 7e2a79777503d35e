# Throw-away environments, for the commands in this folder that try other packages. They leave nothing behind and
# change nothing in the project or in .venv. PYTHON=python3.13 makes them with another Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${PYTHON:-python3}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# install_tools NAME...: installs programs of .ci/tools.txt, each in its pinned version.
install_tools() {
    [[ -d $folder/tools ]] || python3 -m venv "$folder/tools"
    local name
    for name; do
        "$folder/tools/bin/pip" install --quiet --disable-pip-version-check "$(grep "^$name==" .ci/tools.txt)"
    done
}

# environment NAME ARGUMENT...: makes an environment and installs into it what `uv pip install` understands.
environment() {
    "$folder/tools/bin/uv" venv --quiet --python "$python" "$folder/$1"
    "$folder/tools/bin/uv" pip install --quiet --python "$folder/$1/bin/python" "${@:2}"
}

# versions NAME: prints what is installed of the packages that requirements.txt names.
versions() {
    local named
    named=$(grep -oE '^[a-zA-Z0-9_-]+' requirements.txt | paste -sd '|')
    "$folder/$1/bin/python" --version
    "$folder/tools/bin/uv" pip freeze --quiet --python "$folder/$1/bin/python" | grep -iE "^($named)==" | paste -sd ' '
}
