/** What is peculiar to the table of one learning platform. */
import type { Row, Sheet } from './sheet.ts';

/** What a column says of a person. */
export type Role = 'person' | 'number' | 'login' | 'email' | 'name' | 'first' | 'last' | 'group';

/** A column that marks may be written into. */
export interface MarksColumn {
  index: number;
  header: string;
  /** The name of the coursework there. */
  title: string;
  /** The most that can be given, where the table says so. */
  max?: number;
}

export interface PlatformTable {
  /** How the platform is called in sentences. */
  called: string;
  roles: Readonly<Record<string, Role>>;
  /** What of a cell is meant: platforms write words and signs in front. */
  bare?(role: Role, text: string): string;
  columns(sheet: Sheet): MarksColumn[];
  /** Whether a row is one of a person. */
  isPerson?(sheet: Sheet, row: Row): boolean;
  /** Why marks may not be written into this row. */
  locked?(sheet: Sheet, row: Row, column: MarksColumn): string | undefined;
}

/** Which column has this header, letters' size and blanks aside; −1 for none. */
export const columnCalled = ({ header }: Sheet, ...names: readonly string[]): number =>
  header.cells.findIndex(({ text }) => names.includes(heading(text)));

/** A header as it is compared. */
export const heading = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/** The cell's text, blank where the row ends early or there is no such column. */
export const cellText = (row: Row, column: number): string => row.cells[column]?.text.trim() ?? '';

/** "71", "71.00", "71,00" as a number; undefined for anything else. */
export function numberIn(text: string): number | undefined {
  return /^-?\d+(?:[.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined;
}

/** What every platform's table may call a person by. */
export const commonRoles: Readonly<Record<string, Role>> = {
  'full name': 'name',
  name: 'name',
  student: 'name',
  'first name': 'first',
  'last name': 'last',
  surname: 'last',
  email: 'email',
  'e-mail': 'email',
  'email address': 'email',
  'e-mail address': 'email',
  'id number': 'number',
  'student id': 'number',
  'student number': 'number',
  number: 'number',
  username: 'login',
  id: 'login',
};
