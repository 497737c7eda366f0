/** The same check on the servers of GitHub and GitLab, after every push. */

export const githubWorkflow = `name: check
on: [push]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm install --no-audit --no-fund
      - run: npx gradmark check
`;

export const gitlabJob = `check:
  image: node:24
  timeout: 15 minutes
  script:
    - npm install --no-audit --no-fund
    - npx gradmark check
`;
