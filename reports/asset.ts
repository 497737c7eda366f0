/**
 * Finds the files that belong to the reports but are not code: templates, stylesheet, schema. They lie beside the code in
 * a checkout; the built package may hold them beside the built code or only at their place in the source tree.
 */
import { existsSync, readFileSync } from 'node:fs';

const PLACES = ['./', '../../reports/'];

/** The text of a file of the reports, e.g. `templates/student.hbs`. */
export function readAsset(path: string): string {
  for (const place of PLACES) {
    const url = new URL(place + path, import.meta.url);
    if (existsSync(url)) return readFileSync(url, 'utf8');
  }
  throw new Error(`The installation is incomplete: reports/${path} is missing. Install gradmark again.`);
}
