/** Marking views into pages: the templates of the reports, with a frame of their own. */
import Handlebars from 'handlebars';
import { readAsset } from '../asset.ts';
import type { AlikeView } from './alike-view.ts';
import type { AnswerView, OverviewView } from './marking-view.ts';
import type { RubricView } from './rubric-view.ts';

interface MarkingPages {
  overview(view: OverviewView): string;
  answer(view: AnswerView): string;
  alike(view: AlikeView): string;
  rubric(view: RubricView): string;
}

const partials = ['icons', 'label', 'closeness', 'heat', 'code', 'math', 'finding', 'drawing'];

/** Reads and compiles the templates. */
export function openMarkingPages(): MarkingPages {
  const room = Handlebars.create();
  const template = <V>(name: string) =>
    room.compile<V>(readAsset(`templates/${name}.hbs`), { strict: true, knownHelpersOnly: true, preventIndent: true });
  for (const name of partials) room.registerPartial(name, template(name));
  for (const name of ['frame', 'foot', 'check']) room.registerPartial(name, template(`marking/${name}`));
  return {
    overview: template<OverviewView>('marking/overview'),
    answer: template<AnswerView>('marking/answer'),
    alike: template<AlikeView>('marking/alike'),
    rubric: template<RubricView>('marking/rubric'),
  };
}

/** The one stylesheet of the marking pages. */
export const markingStyle = (): string =>
  ['colours', 'page', 'student', 'marking/marking'].map((name) => readAsset(`templates/${name}.css`)).join('\n');

/** The scripts of the marking pages, by the name under which they are asked for: pages work without them. */
export const markingScripts: Readonly<Record<string, () => string>> = {
  'htmx.js': () => readAsset('vendored/htmx-4.0.1.min.js'),
  'keys.js': () => readAsset('templates/marking/keys.js'),
};
