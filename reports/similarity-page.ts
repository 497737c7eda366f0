/** Similar programs of a class as one self-contained page, for staff. */
import Handlebars from 'handlebars';
import type { Assignment } from '../graders/model/assignment.ts';
import type { Similarity } from '../graders/similarity/compare.ts';
import { readAsset } from './asset.ts';
import { viewSimilarity } from './similarity-view.ts';

/** The page: the pairs in their order, then both sides of each, then who was not compared. */
export function similarityPage(found: Similarity, assignment: Pick<Assignment, 'slug' | 'title'>): string {
  const room = Handlebars.create();
  const style = ['colours', 'page', 'class', 'audit', 'similarity', 'print']
    .map((name) => readAsset(`templates/${name}.css`))
    .join('');
  room.registerPartial('similarity-style', style.replace(/\s+/g, ' '));
  const page = room.compile(readAsset('templates/similarity.hbs'), {
    strict: true,
    knownHelpersOnly: true,
    preventIndent: true,
  });
  return page(viewSimilarity(found, assignment));
}
