/** Names of folders and archives become names of reports: safe on every file system and never twice. */

/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A folder or archive name as a file name: letters, digits, `.`, `_` and `-`, at most 80 characters, never empty. */
export function safeId(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/\.zip$/i, '')
    // Moodle's word for the way in which it was handed in.
    .replace(/_assignsubmission_(file|onlinetext)_?$/, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  const short = [...plain]
    .slice(0, 80)
    .join('')
    .replace(/[.-]+$/, '');
  if (short === '') return 'submission';
  return reserved.test(short.split('.')[0]!) ? `${short}-submission` : short;
}

/** Gives each id once: the second `alice` is `alice-2`. Capitals do not make a difference, as on many file systems. */
export function uniqueIds(): (id: string) => string {
  const taken = new Set<string>();
  return (id) => {
    let unique = id;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${id}-${n}`;
    taken.add(unique.toLowerCase());
    return unique;
  };
}
