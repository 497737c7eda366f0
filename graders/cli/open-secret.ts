/** A secret that others on the machine may read is told, and used all the same: in CI everybody there is staff. */
import { plainLine } from '../../reports/plain-text.ts';
import { isOpenToOthers, secretPath } from '../gradebook/secret.ts';

/** Says that the secret which is used may be read by others, and how to mend that. */
export async function tellOpenSecret(
  { out, secretFile, seed }: { out: string; secretFile?: string | undefined; seed?: number | undefined },
  stream: NodeJS.WritableStream,
): Promise<void> {
  const path = secretFile ?? secretPath(out);
  if (seed !== undefined || !(await isOpenToOthers(path))) return;
  const says = `Others on this machine may read ${path}, and with it what the class is asked: chmod 600 ${path}`;
  stream.write(`gradmark: ${plainLine(says, 400)}\n`);
}
