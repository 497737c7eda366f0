/**
 * What a student pastes into a forum or a mail to ask about a failure: which check, what it asked, what their program answered.
 * No expected value, no tolerance and nothing that explains the answer away: others read it too, and may still be working.
 */
import type { Verdict } from '../graders/model/verdict.ts';
import { outcomeLabel } from './outcome-words.ts';

interface About {
  assignment: string;
  round: string | undefined;
}

/** The text, one fact a line. Takes a disclosed verdict. */
export function questionText(verdict: Verdict, about: About): string {
  const { word, explains } = outcomeLabel(verdict);
  const { finding } = verdict;
  const stop = verdict.outcome !== 'fail' && verdict.outcome !== 'pass';
  const says = stop ? (verdict.because ?? finding?.says ?? explains) : explains;
  const place = finding?.places?.[0];
  const facts: [string, string | undefined][] = [
    ['Coursework', about.round === undefined ? about.assignment : `${about.assignment} (${about.round})`],
    ['Task', verdict.task],
    ['Check', `${verdict.title} [${verdict.id}]`],
    ['Result', `${word}. ${says}`],
    ['Asked', finding?.asked],
    ['My answer', finding?.yours],
    [
      'In',
      place && `${place.path}, line ${place.line}${place.excerpt === undefined ? '' : `: ${place.excerpt.trim()}`}`,
    ],
  ];
  return [
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
    'My question: ',
  ].join('\n');
}
