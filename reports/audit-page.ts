/** An audit as one self-contained page. */
import Handlebars from 'handlebars';
import type { AuditReport } from '../graders/audit/audit.ts';
import { readAsset } from './asset.ts';
import { viewAudit } from './audit-view.ts';

/** The page: figures first, then what a person has to look at, then every known mistake with its fate. */
export function auditPage(report: AuditReport, unmet: readonly string[]): string {
  const room = Handlebars.create();
  const style = ['colours', 'page', 'class', 'audit', 'print']
    .map((name) => readAsset(`templates/${name}.css`))
    .join('');
  room.registerPartial('audit-style', style.replace(/\s+/g, ' '));
  const page = room.compile(readAsset('templates/audit.hbs'), {
    strict: true,
    knownHelpersOnly: true,
    preventIndent: true,
  });
  return page(viewAudit(report, unmet));
}
