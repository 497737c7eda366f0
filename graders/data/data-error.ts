/** A data set that is absent or not what it should be: the message says which file, where, and what to do. */
export class DataError extends Error {
  readonly kind: 'absent' | 'broken';

  constructor(kind: 'absent' | 'broken', message: string) {
    super(message);
    this.name = 'DataError';
    this.kind = kind;
  }
}
