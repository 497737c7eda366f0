/** Events as a large class is held in memory by: without what shows its verdicts, which is more than half of all. */
import type { Judged, Recorded } from './event.ts';

/** What was found with outcomes and marks alone, any other event as it is. */
export const outcomesOf = (event: Recorded): Recorded => (event.kind === 'judged' ? withoutEvidence(event) : event);

const withoutEvidence = ({ drawings: _, stdout: __, notebooks: ___, ...judged }: Judged & Recorded): Recorded => ({
  ...judged,
  verdicts: judged.verdicts.map(({ finding: _, diagnosis: __, staff: ___, ...verdict }) => verdict),
});
