import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { blackboard } from './blackboard.ts';
import { brightspace } from './brightspace.ts';
import { canvas } from './canvas.ts';
import { fillTable } from './fill.ts';
import { moodle } from './moodle.ts';
import { classOn, gradeOf } from './people.testing.ts';
import { plainTable } from './plain-table.ts';

/** A real parser, with nothing overlooked. */
const strict = (text: string, delimiter = ',') =>
  parse(text, { delimiter, relax_quotes: false, relax_column_count: false, bom: true }) as string[][];

const worksheet = (...grades: string[]) => {
  const [ann = '', bo = '', noor = '', ming = '', zed = ''] = grades;
  return [
    '\ufeffIdentifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"',
    `"Participant 1203","Ann O'Byrne",s1,ann@uni.example,"Submitted for grading - ",${ann},71.00,Yes,"Friday, 20 November 2026, 10:05 PM",-,"<p>Well,\r\n ""done""</p>"`,
    `"Participant 1204","Bo, the ""Quick""",s2,bo@uni.example,"Submitted for grading - ",${bo},71.00,Yes,"Friday, 20 November 2026, 10:06 PM",-,`,
    `"Participant 1205","Noor Haddad",s3,noor@uni.example,"Submitted for grading - ",${noor},71.00,Yes,"Friday, 20 November 2026, 10:06 PM",-,`,
    `"Participant 1206",李小明,s4,ming@uni.example,"Submitted for grading - ",${ming},71.00,Yes,"Friday, 20 November 2026, 10:06 PM",-,`,
    `"Participant 1207","Zed Alvarez",s5,zed@uni.example,"Submitted for grading - ",${zed},71.00,Yes,"Friday, 20 November 2026, 10:06 PM",-,`,
    '"Participant 1208","Eve Absent",s6,eve@uni.example,"No submission - ",,71.00,Yes,-,-,',
    '',
  ].join('\n');
};

describe('a grading worksheet of Moodle', () => {
  const here = classOn('moodle', ['1203', '1204', '1205', '1206', '1207']);
  const fill = (text: string, class_ = here) => fillTable(Buffer.from(text), moodle, class_, { platform: 'moodle' });

  test('gets the marks, and nothing else of it changes', () => {
    const filled = fill(worksheet());
    expect(filled.bytes.toString()).toBe(worksheet('7.5', '71'));
    expect(strict(filled.bytes.toString()).map((row) => row[5])).toEqual(['Grade', '7.5', '71', '', '', '', '']);
  });

  test('tells who was left out, and why', () => {
    expect(fill(worksheet())).toMatchObject({ column: 'Grade', filled: 2 });
    expect(fill(worksheet()).left).toEqual([
      'Noor Haddad: is held: the grader had a problem of its own.',
      '李小明: waits for a marker: 29 marks are not given yet.',
      'Zed Alvarez: was refused: it could not be graded.',
      'Eve Absent: has a row and no grade.',
    ]);
  });

  test('where there is nothing to say comes back to the byte, whatever way the marks there are written in', () => {
    const text = worksheet('7.50', '"71.00"', '12', '', '3');
    expect(fill(text).bytes.equals(Buffer.from(text))).toBe(true);
  });

  test('that writes commas gets commas, in quotes where commas also part the cells', () => {
    const commas = (mark: string) => worksheet(mark, mark === '' ? '' : '71').replaceAll('71.00', '"71,00"');
    expect(fill(commas('')).bytes.toString()).toBe(commas('"7,5"'));
    const parted = 'Identifier;Grade;"Maximum Grade"\r\nTeilnehmer/in1203;;71,00\r\n';
    expect(fill(parted).bytes.toString()).toBe(parted.replace(';;', ';7,5;'));
  });

  test('in which a grade is locked, or of another number of marks, says so', () => {
    expect(fill(worksheet().replace(',Yes,', ',No,')).left[0]).toBe(
      "Ann O'Byrne: Moodle says that this grade cannot be changed.",
    );
    expect(() => fill(worksheet().replaceAll('71.00', '100.00'))).toThrow(
      'Moodle gives 100 marks in "Grade", and these grades are of 71: change it there, or write marks in proportion with --scale.',
    );
    const scaled = fillTable(Buffer.from(worksheet().replaceAll('71.00', '142.00')), moodle, here, {
      ...{ platform: 'moodle', scale: true },
    });
    expect(scaled.bytes.toString()).toBe(worksheet('15', '142').replaceAll('71.00', '142.00'));
  });

  test('of a blind assignment knows people by the number alone', () => {
    const blind = 'Identifier,Status,Grade\r\n"Participant 1204",x,\r\n';
    expect(fill(blind).bytes.toString()).toBe('Identifier,Status,Grade\r\n"Participant 1204",x,71\r\n');
  });

  test('gives everybody of a group what the group handed in', () => {
    const text = 'Identifier,Group,Grade\nParticipant 1,Owls,\nParticipant 2,Owls,\nParticipant 3,Bats,\n';
    const owls = { ...here, submissions: [gradeOf('owls', 60, { group: 'Owls' })] };
    expect(fill(text, owls).bytes.toString()).toBe(text.replaceAll('Owls,', 'Owls,60'));
  });
});

describe('a gradebook of Canvas', () => {
  const here = classOn('canvas', ['901', '902', '903', '904', '905']);
  const book = (ann = '', bo = '') =>
    [
      'Student,ID,SIS User ID,SIS Login ID,Section,Neural nets (4321),Neural nets II (4322),Current Score,Final Score',
      ',,,,,Manual Posting,,,',
      '    Points Possible,,,,,71.00,10.00,(read only),(read only)',
      `"O'Byrne, Ann",901,,ann,DL-1,${ann},9.00,90.1,88`,
      `"Bo, the ""Quick""",902,s2,bo@uni.example,"DL-1 and DL-2",${bo},,,`,
      '"Haddad, Noor",903,s3,noor,DL-1,,,,',
      '李小明,904,s4,ming,DL-1,,,,',
      '"Alvarez, Zed",905,s5,zed,DL-1,,,,',
      '"Student, Test",999,,0f3a,DL-1,,,,',
    ].join('\r\n');
  const fill = (text: string, column?: string) =>
    fillTable(Buffer.from(text), canvas, here, { platform: 'canvas', column });

  test('gets the marks in the column of the coursework, and nothing else of it changes', () => {
    const filled = fill(book());
    expect(filled.bytes.toString()).toBe(book('7.5', '71'));
    expect(strict(filled.bytes.toString())).toHaveLength(9);
    expect(filled).toMatchObject({ column: 'Neural nets (4321)', filled: 2 });
    expect(filled.left).toHaveLength(3);
  });

  test('in which the column is not clear, or cannot be written, names those that may be meant', () => {
    const renamed = book().replace('Neural nets (', 'Homework 1 (');
    expect(() => fill(renamed)).toThrow(
      'No column is called "Neural nets": choose with --column one of "Homework 1 (4321)", "Neural nets II (4322)".',
    );
    expect(fill(renamed, 'Homework 1').bytes.toString()).toBe(
      book('7.5', '71').replace('Neural nets (', 'Homework 1 ('),
    );
    expect(() => fill(book(), 'Final Score')).toThrow('No column is called "Final Score"');
    expect(() => fill(book().replace('Neural nets II', 'Neural nets'))).toThrow(
      'Several columns are called "Neural nets": choose with --column one of "Neural nets (4321)", "Neural nets (4322)".',
    );
  });

  test('leaves who is excused', () => {
    expect(fill(book('EX')).bytes.toString()).toBe(book('EX', '71'));
  });
});

test('a table of Brightspace gets the marks, and every row still ends in its sign', () => {
  const table = (ann = '', bo = '') =>
    [
      'OrgDefinedId,Username,Last Name,First Name,Email,Quiz Points Grade <Numeric MaxPoints:5>,Neural nets Points Grade <Numeric MaxPoints:71 Weight:10 Category:Labs CategoryWeight:40>,End-of-Line Indicator',
      `#s1,#annob,O'Byrne,Ann,ann@uni.example,3,${ann},#`,
      `#s2,#bo,"the ""Quick""","Bo,",bo@uni.example,,${bo},#`,
      '#s9,#new,New,Kim,kim@uni.example,,,#',
      '',
    ].join('\r\n');
  const filled = fillTable(Buffer.from(table()), brightspace, classOn('brightspace', []), { platform: 'brightspace' });
  expect(filled.bytes.toString()).toBe(table('7.5', '71'));
  expect(strict(filled.bytes.toString()).map((row) => row.at(-1))).toEqual(['End-of-Line Indicator', '#', '#', '#']);
  expect(filled.left).toContain('Kim New: has a row and no grade.');
});

test('a Grade Center of Blackboard is UTF-16 with tabs, and stays so', () => {
  const table = (ann = '', bo = '') =>
    [
      '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\t"Weighted Total [Total Pts: up to 0 Percentage] |11"\t"Neural nets [Total Pts: 71 Score] |123456"',
      `"O'Byrne"\t"Ann"\t"annob"\t"s1"\t"2026-11-20 10:00:00"\t"Yes"\t"5.0"\t"${ann}"`,
      `"小明"\t"李"\t"bo77"\t""\t""\t"Yes"\t""\t"${bo}"`,
    ].join('\n');
  const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const here = classOn('blackboard', ['annob', 'bo77']);
  const filled = fillTable(utf16(table()), blackboard, here, { platform: 'blackboard' });
  expect(filled.bytes.equals(utf16(table('7.5', '71')))).toBe(true);
  expect(strict(filled.bytes.subarray(2).toString('utf16le'), '\t')[1]!.at(-1)).toBe('7.5');
});

describe("a teacher's own table", () => {
  const fill = (bytes: Buffer, column = 'Lab 1') =>
    fillTable(bytes, plainTable, classOn('moodle', []), { platform: undefined, column });

  test('gets the marks by whatever says who somebody is', () => {
    const text = 'sep=;\nname;e-mail;Lab 1\nx;ANN@uni.example;\n"Bo, the ""Quick""";;\nNoor;;\n';
    expect(fill(Buffer.from(text)).bytes.toString()).toBe(
      'sep=;\nname;e-mail;Lab 1\nx;ANN@uni.example;7.5\n"Bo, the ""Quick""";;71\nNoor;;\n',
    );
  });

  test('in an old encoding keeps the bytes that nobody can read', () => {
    const bytes = Buffer.from('number,name,Lab 1\ns1,M\xfcller,\n', 'latin1');
    expect(fill(bytes).bytes.equals(Buffer.from('number,name,Lab 1\ns1,M\xfcller,7.5\n', 'latin1'))).toBe(true);
  });

  test('with rows that end early gets the separators that lead there', () => {
    const text = 'number,a,Lab 1,b\ns1\ns2,x,,y\n';
    expect(fill(Buffer.from(text)).bytes.toString()).toBe('number,a,Lab 1,b\ns1,,7.5\ns2,x,71,y\n');
  });

  test.each([
    ['no table', 'Just a line.\n', 'This is no table'],
    ['a quote without end', 'number,Lab 1\ns1,"\n', 'Line 2: a cell begins with a quote that never ends.'],
    ['text after a quote', 'number,Lab 1\n\ns1,"x"y\n', 'Line 3: after a cell in quotes comes "y" and no separator.'],
  ])('that is %s is refused with the place', (_, text, says) => {
    expect(() => fill(Buffer.from(text))).toThrow(says);
  });
});
