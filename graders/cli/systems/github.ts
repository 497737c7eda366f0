/** A workflow for the repository of a submission, and the composite action that it runs. */
import { CHECKOUT, SETUP_NODE } from '../../kit/ci-files.ts';
import type { Packaged, SystemFiles } from './packaged.ts';

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
