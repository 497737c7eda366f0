/** Learning rates that decay from epoch to epoch where none was asked to. */
import type { Mistake } from '../program.ts';
import { mistake } from '../program.ts';
import type { CourseRules } from './course.ts';

/** The two that are written most often; `advice` says which rate to use instead. */
export const decayMistakes = <Rules extends CourseRules>(advice: string): Mistake<Rules>[] => {
  const decays = (id: string, title: string, rate: (eta: number, epoch: number) => number) =>
    mistake<Rules>(id, title, advice, { rate: (eta, at) => rate(eta, at.epoch) } as Partial<Rules>);
  return [
    decays('decay', 'a learning rate that is divided by the number of the epoch', (eta, epoch) => eta / (epoch + 1)),
    decays('halving', 'a learning rate that is halved after every epoch', (eta, epoch) => eta * 0.5 ** epoch),
  ];
};
