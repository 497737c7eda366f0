/** The shim that Classroom 50 runs in a student's repository. */
import type { Packaged, SystemFiles } from './packaged.ts';

export function classroom50Files({ slug, version }: Packaged): SystemFiles {
  return {
    files: [{ path: 'autograder.py', text: shim(slug, version) }],
    then: 'Upload autograder.py as the autograder of the assignment, with node 24 in its runtime.',
  };
}

const shim = (
  slug: string,
  version: string,
) => `"""Runs gradmark beside a submission. Ends with 0 if result.json was written; anything else is the system's trouble."""
import os
import subprocess
import sys

# The time of the commit, which stays what it is when the work is graded again.
when = subprocess.run(
    ["git", "show", "-s", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "HEAD"],
    capture_output=True, text=True, env={**os.environ, "TZ": "UTC"},
).stdout.strip()
gradmark = os.environ.get("GRADMARK", "npx --yes gradmark@${version}").split()
command = [*gradmark, "ci", ".", "--assignment", "${slug}", "--exit-zero", "--write", "classroom50=result.json"]
code = subprocess.run(command, env={**os.environ, "COMMIT_DATETIME": when}).returncode
sys.exit(0 if code == 0 and os.path.exists("result.json") else 1)
`;
