/** The figures of the bench as lines of text, each beside its goal. */

export interface Line {
  says: string;
  value: number;
  unit: string;
  /** The most that it should be; `least` where more is better. */
  goal?: number;
  least?: number;
  /** Why it says nothing of the goal. */
  unjudged?: string | undefined;
}

/** `check --task Q3c, cold   51.2 × bare Node   goal ≤ 20: missed`. */
export function lineText({ says, value, unit, goal, least, unjudged }: Line): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const figure = `${says.padEnd(52)}${value.toFixed(digits).padStart(8)} ${unit}`;
  if (goal === undefined && least === undefined) return figure;
  const met = (goal === undefined ? value >= least! : value <= goal) ? 'met' : 'missed';
  return `${figure.padEnd(78)}goal ${goal === undefined ? `≥ ${least}` : `≤ ${goal}`}: ${unjudged ?? met}`;
}
