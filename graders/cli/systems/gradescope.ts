/** Gradescope's autograder: what its image is built with, and what runs beside every submission. */
import { gradescopeFailure } from '../../../reports/formats/gradescope.ts';
import type { Packaged, SystemFiles } from './packaged.ts';

export function gradescopeFiles(packaged: Packaged): SystemFiles {
  return {
    files: [
      { path: 'setup.sh', text: SETUP, isProgram: true },
      { path: 'run_autograder', text: run(packaged), isProgram: true },
      {
        path: 'not-graded.json',
        text: gradescopeFailure('The autograder was stopped before it was done. Please hand in again, or ask staff.'),
      },
    ],
    archive: 'autograder.zip',
    then: 'Upload it as the autograder of the assignment. It holds the secret that the probes follow from: keep it to yourself.',
  };
}

const SETUP = `#!/usr/bin/env bash
# Runs once, when the image is built. Everything is here already: nothing is asked of the network.
set -euo pipefail
cd /autograder/source
chmod -R go-w .
chmod 600 secret
node=gradmark/node_modules/node/bin/node
[ -x "$node" ] || chmod 755 "$node"
# Compiles the program, so that no submission waits for it. Root alone may write there, and the grader, who is not root, reads it.
"$node" gradmark/bin/gradmark.js --version
chmod -R a+rX gradmark/.cache
# What the grader makes of its own for every submission is made here once; what a build may isolate says nothing.
install -d -m 755 -o 61184 -g 61184 prepared
chown 0:61184 . && chmod g+rx .
XDG_CACHE_HOME=$PWD/prepared setpriv --reuid 61184 --regid 61184 --clear-groups --no-new-privs \\
  "$node" gradmark/bin/gradmark.js doctor > /dev/null || true
`;

const run = ({ slug, visibility, isOwn }: Packaged) => `#!/usr/bin/env bash
# Runs beside one submission, as root. results.json is valid from the first moment on, and whatever happens then.
set -uo pipefail
source=/autograder/source results=/autograder/results
cp "$source/not-graded.json" "$results/.first" && mv "$results/.first" "$results/results.json"
chmod o= "$source" "$results"

# Neither the grader nor what it starts is root: it reads what it needs and writes into a folder of its own.
# What root writes or reads lies where nobody else can put a link in its place.
work=$(mktemp -d /tmp/gradmark-XXXXXX) && own=$(mktemp -d /tmp/gradmark-XXXXXX) || exit 0
grader=(setpriv --reuid 61184 --regid 61184 --clear-groups --no-new-privs)
cp "$source/secret" "$work/secret"
chown -R 61184:61184 "$work"
chown 0:61184 "$source" && chmod g+rx "$source"
chmod -R a+rX /autograder/submission 2> /dev/null

# Whole or not at all: where there is no room, what stands there stays.
publish() {
  "\${grader[@]}" cat "$1" > "$results/.next" && mv "$results/.next" "$results/results.json" || rm -f "$results/.next"
}

# What is found is there at once, in case that all of this is ended from outside.
made=$work/out/results.json
(while sleep 1; do [ "$made" -nt "$results/results.json" ] && [ -s "$made" ] && publish "$made"; done) &
watching=$!

cd "$work"
HOME=$work TMPDIR=$work XDG_CACHE_HOME=$source/prepared GRADMARK_VISIBILITY=${visibility} "\${grader[@]}" \\
  "$source/gradmark/node_modules/node/bin/node" "$source/gradmark/bin/gradmark.js" ci /autograder/submission \\
  --assignment ${slug}${isOwn ? ' --assignments "$source/coursework"' : ''} --secret-file "$work/secret" --own-round \\
  --contained-by container --system none --exit-zero --write "gradescope=$made" \\
  > "$own/log" 2> "$own/said"
code=$?
kill "$watching" 2> /dev/null
wait "$watching" 2> /dev/null
# What was printed quotes the submission, and stays with staff.
tail -c 20000 "$own/log"
tail -c 20000 "$own/said" >&2

if [ ! -s "$made" ] && [ "$code" = 2 ]; then
  made=$own/refused.json
  "$source/gradmark/node_modules/node/bin/node" -e '
    const [said] = require("node:fs").readFileSync(process.argv[1], "utf8").split("\\n");
    const output = "Not graded: " + said.replace(/^gradmark: /, "").slice(0, 2000);
    require("node:fs").writeFileSync(process.argv[2], JSON.stringify({ score: 0, output, tests: [] }));
  ' "$own/said" "$made"
  chmod 755 "$own" && chmod 644 "$made"
fi
[ -s "$made" ] && publish "$made"
exit 0
`;
