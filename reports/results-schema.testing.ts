/**
 * Checks a stored results document against results.schema.json and says everything that is wrong with it in sentences.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { readAsset } from './asset.ts';

/** The JSON Schema of `gradmark/results/v1`, as published. */
function resultsSchema(): object {
  return JSON.parse(readAsset('results.schema.json')) as object;
}

/** One sentence per thing that is wrong with the document, none when it is a valid `gradmark/results/v1`. */
export function resultsProblems(document: unknown): string[] {
  const validate: ValidateFunction = new Ajv({ allErrors: true, verbose: true }).compile(resultsSchema());
  if (validate(document)) return [];
  // Of "one of these" the outer sentence says it all.
  const errors = (validate.errors ?? []).filter((error) => !error.schemaPath.includes('/anyOf/'));
  const sentences = [...new Set(errors.map(sentence))];
  const shown = sentences.slice(0, 20);
  return sentences.length > 20 ? [...shown, `and ${sentences.length - 20} more like these`] : shown;
}

/** `/submissions/3/score` as `submissions[3].score`. */
function place(path: string, field = ''): string {
  const steps = [...path.split('/').slice(1), ...(field === '' ? [] : [field])];
  const said = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step.replaceAll('~1', '/')}`)).join('');
  return said.replace(/^\./, '') || 'the document';
}

function sentence(error: ErrorObject): string {
  const { keyword, instancePath, params, data } = error;
  const got = `got ${said(data)}`;
  switch (keyword) {
    case 'required':
      return `${place(instancePath, String(params['missingProperty']))} is missing`;
    case 'additionalProperties':
      return `${place(instancePath, String(params['additionalProperty']))} is not a field that is known here`;
    case 'type':
      return `${place(instancePath)} must be ${article(String(params['type']))}, ${got}`;
    case 'const':
      return `${place(instancePath)} must be ${said(params['allowedValue'])}, ${got}`;
    case 'enum':
      return `${place(instancePath)} must be one of ${(params['allowedValues'] as unknown[]).map(said).join(', ')}, ${got}`;
    case 'anyOf':
      return `${place(instancePath)} must be a number, or "NaN", "Infinity", "-Infinity" or "-0", ${got}`;
    default:
      return `${place(instancePath)} ${error.message ?? 'is not valid'}, ${got}`;
  }
}

const article = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function said(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
