# Usage: each_python.sh all|first VERSION...
# Runs `make pytest` on every version found, or on the first one found, each in its own environment
# .venv-VERSION. A version that is not here is skipped and said to be. With `all`, none at all is a failure.
set -eu

mode=$1
shift

here=$(dirname "$0")
passed= failed= skipped=

for version; do
    if python=$(sh "$here/find_python.sh" "$version"); then
        echo "== Tests on Python $version ($python)"
        if "${MAKE:-make}" --no-print-directory pytest PYTHON="$python" VENV=".venv-$version"; then
            passed="$passed $version"
        else
            failed="$failed $version"
        fi
        if [ "$mode" = first ]; then break; fi
    else
        skipped="$skipped $version"
    fi
done

echo "== Python versions: passed:${passed:- none}; failed:${failed:- none}; not here:${skipped:- none}"
if [ -n "$failed" ]; then exit 1; fi
if [ "$mode" = all ] && [ -z "$passed" ]; then exit 1; fi
