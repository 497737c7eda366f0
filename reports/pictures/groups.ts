/**
 * Plots that belong together, side by side on one scale. Histograms and pictures of one side-car file are small multiples:
 * each with its name, all with the same axes, so that they can be compared.
 */
import type { Drawing } from '../../graders/model/drawing.ts';
import { picture, type Picture } from './drawing.ts';

export interface PictureGroup {
  /** What the plots have in common; undefined for plots that have nothing in common. */
  title: string | undefined;
  pictures: Picture[];
}

/** Neighbours of one kind and one file, in the order in which they come. */
export function pictureGroups(drawings: readonly Drawing[]): PictureGroup[] {
  const runs: Drawing[][] = [];
  for (const drawing of drawings) {
    const before = runs.at(-1);
    if (before !== undefined && together(before[0]!, drawing)) before.push(drawing);
    else runs.push([drawing]);
  }
  const groups: PictureGroup[] = [];
  for (const run of runs) {
    const before = groups.at(-1);
    if (run.length > 1) groups.push(multiples(run));
    else if (before !== undefined && before.title === undefined) before.pictures.push(picture(run[0]!));
    else groups.push({ title: undefined, pictures: [picture(run[0]!)] });
  }
  return groups;
}

function multiples(run: readonly Drawing[]): PictureGroup {
  const common = commonOf(run.map(({ title }) => title));
  return {
    title: common.replace(/[ ·,]+$/, ''),
    pictures: run.map((drawing) => picture({ ...drawing, title: drawing.title.slice(common.length) }, run)),
  };
}

const together = (a: Drawing, b: Drawing) =>
  a.kind !== 'lines' && a.kind === b.kind && fileOf(a.title) !== '' && fileOf(a.title) === fileOf(b.title);

const fileOf = (title: string) => /^.*? · /.exec(title)?.[0] ?? '';

/** What all titles begin with, up to the last ` · ` that they share. */
function commonOf(titles: readonly string[]): string {
  let common = titles[0]!;
  for (const title of titles) while (!title.startsWith(common)) common = common.slice(0, -1);
  return common.slice(0, common.lastIndexOf(' · ') + 3);
}
