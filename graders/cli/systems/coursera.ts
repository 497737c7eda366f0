/** What Coursera's container runs: it reads /shared/submission and writes /shared/feedback.json. */
import type { Packaged, SystemFiles } from './packaged.ts';

export function courseraFiles(packaged: Packaged): SystemFiles {
  return {
    files: [{ path: 'grade.sh', text: grade(packaged), isProgram: true }],
    then: 'Copy the folder to /grader of an image that has util-linux, and make /grader/grade.sh its entry point.',
  };
}

const grade = ({ slug, isOwn }: Packaged) => `#!/usr/bin/env bash
# feedback.json is valid from the first moment on, and whatever happens then.
set -uo pipefail
shared=\${SHARED:-/shared} grader=\${GRADER:-/grader}
first='{"fractionalScore": 0, "feedback": "The grader was stopped before it was done: please hand in again."}'
printf '%s\\n' "$first" > "$shared/feedback.json"
work=$(mktemp -d)
"$grader/gradmark/node_modules/node/bin/node" "$grader/gradmark/bin/gradmark.js" ci "$shared/submission" \\
  --assignment ${slug}${isOwn ? ' --assignments "$grader/coursework"' : ''} --secret-file "$grader/secret" --own-round \\
  --contained-by container --system none --exit-zero --write "coursera=$work/feedback.json"
if [ -s "$work/feedback.json" ]; then
  cp "$work/feedback.json" "$shared/.next" && mv "$shared/.next" "$shared/feedback.json" || rm -f "$shared/.next"
fi
exit 0
`;
