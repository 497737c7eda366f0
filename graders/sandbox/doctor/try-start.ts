/** Starts the little guest at a level, and says of one that does not start why not, and what mends it. */
import { INSTALL_BWRAP, remedyFor, type Remedy } from '../contain/remedies.ts';
import { UnusableFolder } from '../stage/unusable-folder.ts';
import { probe, type ProbeOptions, type ProbeResult } from './probe.ts';

/** What came of the tries, or why none was begun; rejects only where a folder that all levels need is unusable. */
export async function tryStart(options: ProbeOptions): Promise<ProbeResult | Remedy> {
  try {
    const result = await probe(options);
    return result.startMs === undefined ? whatItSaid(result) : result;
  } catch (error) {
    if (error instanceof UnusableFolder) throw error;
    return problemOf(error as Error);
  }
}

function whatItSaid({ output, stop }: ProbeResult): Remedy {
  const said = output.trim().split('\n')[0] || stop.detail;
  const remedy = remedyFor(output);
  return remedy ? { because: `${remedy.because} ("${said}")`, mend: remedy.mend } : { because: said };
}

/** What a level lacks that was not even begun. */
export function problemOf({ message }: Error): Remedy {
  if (message.includes('bubblewrap (bwrap) is not installed')) return INSTALL_BWRAP;
  if (message.includes('util-linux')) return { because: message, mend: 'sudo apt-get install -y util-linux' };
  if (message.includes('(ldd)')) return { because: message, mend: 'sudo apt-get install -y libc-bin' };
  return remedyFor(message) ?? { because: message };
}

/** That not even the last level starts: no program can be run here, and nobody's program is to blame. */
export class NothingStarts extends Error {
  constructor({ because, mend }: Remedy) {
    super(`Nothing can be run here: ${because.replace(/\.$/, '')}.${mend === undefined ? '' : ` To mend: ${mend}`}`);
    this.name = 'NothingStarts';
  }
}
