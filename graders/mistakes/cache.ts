/** Remembers what variants answer to probes. The caller owns it: one for a batch of submissions that see equal probes. */
import type { Answer } from '../question.ts';

export interface DiagnosisCache {
  /** The remembered answer, or a new one from `compute`. Probes are told apart by identity. */
  answer<Probe>(key: string, probe: Probe, compute: (probe: Probe) => Answer): Answer;
}

export function createDiagnosisCache(): DiagnosisCache {
  const known = new Map<unknown, Map<string, Answer>>();
  return {
    answer: (key, probe, compute) => {
      const answers = known.get(probe) ?? new Map<string, Answer>();
      known.set(probe, answers);
      const answer = answers.get(key) ?? compute(probe);
      answers.set(key, answer);
      return answer;
    },
  };
}
