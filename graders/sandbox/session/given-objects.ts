/** Objects inside one process, by the numbers that it gave them: asked of another one they are not there, which is the grader's doing. */
import type { Request } from '../../protocol/messages.ts';

interface GivenObjects {
  /** What an answer told of. */
  met(ids: readonly number[]): void;
  release(id: number): void;
  /** Throws where a request is about an object that the process never gave, or that was let go of. */
  expect(request: Request): void;
}

export function createGivenObjects(): GivenObjects {
  const given = new Set<number>();
  return {
    met: (ids) => {
      for (const id of ids) given.add(id);
    },
    release: (id) => void given.delete(id),
    expect: (request) => {
      const holder = 'target' in request ? request.target : request;
      if ('handle' in holder && !given.has(holder.handle))
        throw new Error(`There is no object ${holder.handle} that is kept inside.`);
    },
  };
}
