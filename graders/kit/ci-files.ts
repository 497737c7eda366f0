/** The same check on the servers of GitHub and GitLab, after every push, told in their own ways. */

/** Actions by the commit, since whoever owns one can move its tags. */
export const CHECKOUT = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
export const SETUP_NODE = 'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0';

/** Where GitLab looks for what `gradmark ci` writes. */
export const gitlabReports = `  artifacts:
    when: always
    expire_in: 4 weeks
    reports:
      junit: gradmark-junit.xml
      codequality: gradmark-code-quality.json
`;

export const githubWorkflow = `name: check
on: [push]
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
      - uses: ${SETUP_NODE}
        with:
          node-version: '24'
      - run: npm install --no-audit --no-fund
      - run: npx gradmark ci
`;

export const gitlabJob = `check:
  image: node:24-bookworm-slim
  timeout: 15 minutes
  script:
    - npm install --no-audit --no-fund
    - npx gradmark ci
${gitlabReports}`;
