/** Which CI system a command runs in, as the system itself says in the environment. */
export type CiSystem = 'github' | 'gitlab' | 'none';

export function ciSystem(env: NodeJS.ProcessEnv): CiSystem {
  if (env['GITHUB_ACTIONS'] === 'true') return 'github';
  return env['GITLAB_CI'] === 'true' ? 'gitlab' : 'none';
}
