/** A job for GitLab, whose merge requests then show failures and places. */
import { gitlabReports } from '../../kit/ci-files.ts';
import type { Packaged, SystemFiles } from './packaged.ts';

export function gitlabFiles({ slug, version }: Packaged): SystemFiles {
  return {
    files: [{ path: '.gitlab-ci.yml', text: job(slug, version) }],
    then: 'Put .gitlab-ci.yml into the repository that students start from.',
  };
}

const job = (slug: string, version: string) => `gradmark:
  image: node:24-bookworm-slim
  timeout: 15 minutes
  script:
    - npx --yes gradmark@${version} ci . --assignment ${slug}
${gitlabReports}`;
