# Usage: find_python.sh 3.12
# Prints the path of an interpreter of that version which runs and can make environments;
# without one, says so on standard error and ends with 1.
set -eu

version=$1

works() {
    "$1" -c "import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null
}

for candidate in "python$version" python3 python "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python; do
    if works "$candidate"; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done

echo "Python $version: none found that runs, on PATH or under pyenv" >&2
exit 1
