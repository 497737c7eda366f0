/** A workflow for the repository of a submission, and the composite action that it runs. */
import type { Packaged, SystemFiles } from './packaged.ts';

/** Actions by the commit, since whoever owns one can move its tags. */
const CHECKOUT = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
const SETUP_NODE = 'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0';

export function githubFiles({ slug, version }: Packaged): SystemFiles {
  return {
    files: [
      { path: '.github/workflows/gradmark.yml', text: workflow(slug) },
      { path: '.github/actions/gradmark/action.yml', text: action(version) },
    ],
    then: 'Put .github into the repository that students start from.',
  };
}

const workflow = (slug: string) => `name: gradmark
on: [push, workflow_dispatch]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: ./.github/actions/gradmark
        with:
          assignment: ${slug}
`;

const action = (version: string) => `name: gradmark
description: Checks the submission of this repository
inputs:
  assignment:
    description: name of the coursework
    required: true
  folder:
    description: where the work is
    default: .
  min-score:
    description: share of the automatic marks, in percent, from which on the job passes
    default: '100'
outputs:
  score:
    description: marks given automatically
    value: \${{ steps.check.outputs.score }}
  max-score:
    description: marks that can be given automatically
    value: \${{ steps.check.outputs.max-score }}
runs:
  using: composite
  steps:
    - uses: ${SETUP_NODE}
      with:
        node-version: '24'
    - id: check
      shell: bash
      # Through the environment: what a workflow puts into a script is run by it.
      env:
        ASSIGNMENT: \${{ inputs.assignment }}
        FOLDER: \${{ inputs.folder }}
        MIN_SCORE: \${{ inputs.min-score }}
      run: npx --yes gradmark@${version} ci "$FOLDER" --assignment "$ASSIGNMENT" --min-score "$MIN_SCORE"
`;
