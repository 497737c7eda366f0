/** Signs and colours of the terminal. Every outcome has a sign of its own: the colours only repeat it. */
import { styleText } from 'node:util';
import type { Icon, Label, Tone } from './outcome-words.ts';

export interface Look {
  /** Set only for a terminal that wants colours. */
  colour: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Also list the checks that passed. */
  all?: boolean;
}

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

export const GLYPHS: Readonly<Record<Icon, string>> = {
  check: '✓',
  half: '◐',
  cross: '✗',
  bolt: '!',
  clock: '!',
  memory: '!',
  barred: '⊘',
  gap: '□',
  skip: '–',
  pen: '✎',
  pause: '‖',
};

export const COLOURS: Readonly<Record<Tone, Style>> = {
  good: 'green',
  part: 'yellow',
  bad: 'red',
  stop: 'yellow',
  person: 'cyan',
  ours: 'magenta',
  idle: 'dim',
};

/** Paints with ANSI codes when the look asks for it, and leaves the text alone otherwise. */
export const painter = (look: Look): Paint =>
  look.colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;

/** The sign of an outcome in its colour. */
export const glyph = (label: Label, paint: Paint): string => paint(COLOURS[label.tone], GLYPHS[label.icon]);
