/** Turns what a JSON Schema validator reports into sentences a teacher can act on. */
import type { ErrorObject } from 'ajv';
import { nearest } from './did-you-mean.ts';

/** One sentence for one broken rule, with the field, the rule and the value: `limits.callMs must be a positive integer, got "20s"`. */
export function sentenceOf(error: ErrorObject): string {
  const field = fieldOf(error.instancePath);
  const rule = (error.parentSchema ?? {}) as Rule;
  switch (error.keyword) {
    case 'required':
      return `${at(field)}${(error.params as { missingProperty: string }).missingProperty} is missing`;
    case 'additionalProperties': {
      const name = (error.params as { additionalProperty: string }).additionalProperty;
      if (name === 'module' && rule.properties?.['unit'] !== undefined)
        return `${at(field)}${moduleIsUnit(error.data)}`;
      const meant = nearest(name, Object.keys(rule.properties ?? {}));
      return `${at(field)}${name} is not a known field${meant === undefined ? '' : `; did you mean ${meant}?`}`;
    }
    case 'uniqueItems': {
      const { j } = error.params as { j: number };
      return `${field || 'the file'} lists ${show((error.data as unknown[])[j])} twice`;
    }
    default:
      return `${field || 'the file'} must be ${nameOf(rule)}, got ${show(error.data)}`;
  }
}

interface Rule {
  type?: string;
  minimum?: number;
  minItems?: number;
  minLength?: number;
  const?: unknown;
  enum?: unknown[];
  description?: string;
  pattern?: string;
  properties?: Record<string, unknown>;
}

/** What to write instead of the file name by which tasks were handed in before they had units. */
function moduleIsUnit(task: unknown): string {
  const { module } = task as { module: unknown };
  const unit = typeof module === 'string' ? module.replace(/\.\w+$/, '') : 'q3c';
  return `module is called unit now, and named without ending: write "unit": ${show(unit)}`;
}

/** What a rule asks for, as a noun phrase. */
function nameOf(rule: Rule): string {
  if (rule.const !== undefined) return show(rule.const);
  if (rule.enum !== undefined) return `one of ${rule.enum.map(show).join(', ')}`;
  switch (rule.type) {
    case 'integer':
      return rule.minimum === 1 ? 'a positive integer' : 'an integer';
    case 'number':
      if (rule.description !== undefined) return rule.description;
      return rule.minimum === 0 ? 'a number of at least 0' : 'a number';
    case 'array':
      return (rule.minItems ?? 0) > 0 ? 'a list that is not empty' : 'a list';
    case 'object':
      return 'an object';
    case 'string':
      if (rule.pattern !== undefined) return rule.description ?? `text like ${rule.pattern}`;
      return (rule.minLength ?? 0) > 0 ? 'text that is not empty' : 'text';
    default:
      return 'as the schema says';
  }
}

/** `/tasks/0/marks` → `tasks[0].marks`. */
function fieldOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

const at = (field: string) => (field === '' ? '' : `${field}.`);

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
