# Throw-away environments, for the commands in this folder that try other packages. They leave nothing behind and
# change nothing in the project or in .venv. PYTHON=/usr/bin/python3.13 makes them with another Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${PYTHON:-python3}
# A Python that is not there is an error, not something to download.
export UV_PYTHON_DOWNLOADS=never

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

# install_tools NAME...: installs uv, and programs of .ci/tools.txt by name, each in its pinned version.
install_tools() {
    python3 -m venv "$folder/tools" &&
        "$folder/tools/bin/pip" install --quiet --disable-pip-version-check "$(grep '^uv==' .ci/tools.txt)" || return
    local name
    for name; do
        "$folder/tools/bin/uv" pip install --quiet --python "$folder/tools/bin/python" \
            "$(grep "^$name==" .ci/tools.txt)" || return
    done
}

# environment NAME ARGUMENT...: makes an environment and installs into it what `uv pip install` understands.
environment() {
    "$folder/tools/bin/uv" venv --quiet --python "$python" "$folder/$1" &&
        "$folder/tools/bin/uv" pip install --quiet --python "$folder/$1/bin/python" "${@:2}"
}

# versions NAME: prints the Python of an environment, and what is installed of what requirements.txt names.
versions() {
    local named
    named=$(grep -oE '^[a-zA-Z0-9_-]+' requirements.txt | paste -sd '|')
    {
        "$folder/$1/bin/python" --version
        "$folder/tools/bin/uv" pip freeze --quiet --python "$folder/$1/bin/python" | grep -iE "^($named)=="
    } | paste -sd ' '
}
