/**
 * What lies on the shelf is sealed: submissions, courseworks with their answers, what the probes follow from, and results, which
 * quote answers. Who reads the database without the key of the queue learns how much there is, and nothing else.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Bytes that cannot be opened: another key, or not what was written. */
class SealError extends Error {
  override readonly name = 'SealError';
}

export interface Seal {
  /** The name under which these bytes lie on the shelf: the same bytes, the same name, for who has the key. */
  nameOf(bytes: Uint8Array): string;
  /** For these bytes under this name and no other. */
  close(name: string, bytes: Uint8Array): Uint8Array;
  /** Throws SealError. */
  open(name: string, sealed: Uint8Array): Uint8Array;
  /** Stands for the key where people compare keys. */
  readonly fingerprint: string;
  /** For digests of results. */
  readonly digestKey: Uint8Array;
}

const nonceBytes = 12;
const tagBytes = 16;

/** Everything follows from one key of 256 bits. */
export function sealWith(key: Uint8Array): Seal {
  const derived = (what: string) => new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), `gradmark ${what}`, 32));
  const [names, contents, digestKey] = [derived('names'), derived('contents'), derived('digests')];
  const nameOf = (bytes: Uint8Array) => createHmac('sha256', names).update(bytes).digest('hex');
  return {
    nameOf,
    digestKey,
    fingerprint: Buffer.from(derived('fingerprint')).toString('hex').slice(0, 16),
    close(name, bytes) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', contents, nonce).setAAD(Buffer.from(name));
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    open(name, sealed) {
      const end = sealed.length - tagBytes;
      try {
        const nonce = sealed.subarray(0, nonceBytes);
        const decipher = createDecipheriv('aes-256-gcm', contents, nonce, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(name)).setAuthTag(sealed.subarray(end));
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, end)), decipher.final()]);
      } catch {
        throw new SealError('What lies in the queue cannot be opened: it was changed, or closed with another key.');
      }
    },
  };
}
