/** What bubblewrap's and the kernel's complaints mean, and the command that mends each. */

export interface Remedy {
  /** One sentence: why it does not work. */
  because: string;
  /** A command, or what to ask the administrator for; absent for words never seen before. */
  mend?: string;
}

export const INSTALL_BWRAP: Remedy = {
  because: 'bubblewrap is not installed',
  mend: 'sudo apt-get install -y bubblewrap',
};

export const NO_OTHER_USER: Remedy = {
  because: 'root of this container may not become another user, and root is never given to a student',
  mend: 'run gradmark as an ordinary user inside the container (docker run --user 1000)',
};

const CONTAINER =
  'start the container with: docker run --init --security-opt seccomp=docs/container-seccomp.json --security-opt ' +
  'apparmor=unconfined … (docs/containers.md; where that file is not at hand, seccomp=unconfined)';

export const NO_NAMESPACES: Remedy = {
  because: 'this system does not let ordinary users make namespaces',
  mend: `sudo sysctl -w kernel.unprivileged_userns_clone=1; in a container, ${CONTAINER}`,
};

export const NO_FURTHER_NAMESPACES: Remedy = {
  because: 'the kernel allows no further user namespace here: they are switched off, or this already is a sandbox',
  mend: 'sudo sysctl -w user.max_user_namespaces=15000   (outside of any sandbox)',
};

const KNOWN: readonly [pattern: RegExp, remedy: Remedy][] = [
  [
    /setting up uid map: Permission denied/,
    {
      because: 'AppArmor forbids user namespaces to ordinary programs (Ubuntu 23.10 and later)',
      mend:
        'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0   (until the next start; for good, load the profile ' +
        'bwrap-userns-restrict of the package apparmor-profiles)',
    },
  ],
  [/nesting depth|max_\*_namespaces exceeded|ENOSPC|unshare failed: No space left/, NO_FURTHER_NAMESPACES],
  [
    /No permissions to create (a )?new namespace|unshare failed: Operation not permitted|Creating new namespace failed: (Operation not permitted|Permission denied)/,
    NO_NAMESPACES,
  ],
  [
    /pivot_root: Operation not permitted|Failed to (mount|make \S+ slave)|Can't mount|mount.*Operation not permitted/,
    { because: 'the container lets bubblewrap make namespaces but not mount anything in them', mend: CONTAINER },
  ],
  [
    /max_user_namespaces: (Read-only file system|Permission denied)|--disable-userns requires|Unknown option --disable-userns/,
    {
      // No mend: there is nothing to be done about it.
      because:
        'further namespaces cannot be switched off inside the sandbox (containers, bubblewrap before 0.8), which level A- ' +
        'does without: its system-call filter refuses them as well',
    },
  ],
  [
    /Unknown option/,
    { because: 'this bubblewrap is too old', mend: 'install bubblewrap 0.8 or later (Debian 12, Ubuntu 24.04)' },
  ],
  [
    /Resource temporarily unavailable/,
    {
      because: 'this user already runs as many processes as allowed',
      mend: 'end some of them or raise the limit: ulimit -u 4096',
    },
  ],
  [
    /prlimit: failed to set the \w+ resource limit: Operation not permitted/,
    {
      because: 'this shell has a limit (ulimit) that is lower than what a program is given',
      mend: 'start gradmark where "ulimit -H -a" shows no limit on processes, on processor time and on virtual memory',
    },
  ],
  [
    /\/proc does not show the processes of this container/,
    {
      because: '/proc does not show the processes of this container, so that none of them can be watched',
      mend: 'mount -t proc proc /proc   (where unshare made it: unshare --fork --pid --mount-proc)',
    },
  ],
  [
    /open '\/dev\/null'/,
    { because: '/dev/null is not there or cannot be opened', mend: 'mknod -m 666 /dev/null c 1 3   (as root)' },
  ],
  [/spawn (EINVAL|EPERM)/, NO_OTHER_USER],
  [
    /Can't find source path|No such file or directory/,
    {
      because: 'a file that belongs into the sandbox cannot be reached by its user',
      mend: 'set XDG_CACHE_HOME to a folder that other users may enter (chmod o+x)',
    },
  ],
];

/** The remedy for what a sandbox printed when it did not start; undefined for words never seen before. */
export function remedyFor(output: string): Remedy | undefined {
  return KNOWN.find(([pattern]) => pattern.test(output))?.[1];
}
