/**
 * Views into pages. Handlebars escapes everything it inserts; the templates have no unescaped insertion at all, know no
 * helpers but each/if/unless/with, and fail on a field that a view does not have.
 */
import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { readAsset } from './asset.ts';
import type { ClassView } from './class-view.ts';
import type { StudentPage } from './student-page.ts';

interface Pages {
  student(view: StudentPage): string;
  class(view: ClassView): string;
}

const PARTIALS = [
  'head',
  'icons',
  'label',
  'bar',
  'facts',
  'closeness',
  'heat',
  'math',
  'finding',
  'code',
  'card',
  'given',
  'look',
  'people',
  'who',
  'cluster',
  'students',
  'histogram',
  'drawing',
  'notebook',
];

/** Reads and compiles the templates; do it once per batch. */
export function openPages(): Pages {
  const room = Handlebars.create();
  const options = { strict: true, knownHelpersOnly: true, preventIndent: true };
  const template = <View>(name: string) => room.compile<View>(readAsset(`templates/${name}.hbs`), options);
  const style = (...names: string[]) =>
    names
      .map((name) => readAsset(`templates/${name}.css`))
      .join('')
      .replace(/\s+/g, ' ');
  room.registerPartial('student-style', style('colours', 'page', 'student', 'print'));
  room.registerPartial('class-style', style('colours', 'page', 'class', 'print'));
  // The page allows these scripts by their hash, to the letter, and no other.
  const script = (page: string) => {
    const source = readAsset('templates/page.js') + readAsset(`templates/${page}.js`);
    room.registerPartial(`${page}-script`, source);
    room.registerPartial(`${page}-script-hash`, `'sha256-${createHash('sha256').update(source).digest('base64')}'`);
  };
  script('student');
  script('class');
  for (const name of PARTIALS) room.registerPartial(name, template(name));
  return { student: template<StudentPage>('student'), class: template<ClassView>('class') };
}
