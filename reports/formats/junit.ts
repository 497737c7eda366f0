/** JUnit's XML, as Jenkins and GitLab read it: a suite a task, a case a check, marks as properties. */
import { DOMImplementation, type Element, XMLSerializer } from '@xmldom/xmldom';
import type { RunView, TestView } from './run-view.ts';

/** The run as an XML document. */
export function junit(run: RunView): string {
  const document = new DOMImplementation().createDocument(null, 'testsuites', null);
  const add = (to: Element, name: string, attributes: Record<string, string | number | undefined> = {}): Element => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined) element.setAttribute(key, xmlText(String(value)));
    }
    to.appendChild(element);
    return element;
  };
  const text = (to: Element, value: string) => to.appendChild(document.createTextNode(xmlText(value)));

  const root = document.documentElement!;
  for (const [key, value] of Object.entries({ name: run.title, ...counts(run.tests) })) {
    root.setAttribute(key, xmlText(String(value)));
  }
  for (const tests of Map.groupBy(run.tests, ({ task }) => task).values()) {
    const { task, taskTitle } = tests[0]!;
    const suite = add(root, 'testsuite', {
      ...{ name: `${task} ${taskTitle}`.trim(), ...counts(tests), timestamp: run.startedAt },
    });
    for (const test of tests) {
      const { id, title, place, points, max, says, body, status } = test;
      // GitLab keeps the first of several cases with one name, and shows the class name as the suite.
      const element = add(suite, 'testcase', {
        ...{ name: `${id} ${title}`, classname: [run.assignment, task].filter((part) => part !== '').join('.') },
        ...{ time: seconds(test.ms), file: place?.path, line: place?.line },
      });
      const properties = add(element, 'properties');
      add(properties, 'property', { name: 'score', value: points });
      add(properties, 'property', { name: 'max_score', value: max });
      if (status === 'fail') text(add(element, 'failure', { message: says, type: 'wrong' }), body);
      if (status === 'error') text(add(element, 'error', { message: says, type: 'stopped' }), body);
      if (status === 'held') text(add(element, 'error', { message: says, type: 'held' }), body);
      if (status === 'skip' || status === 'person') add(element, 'skipped', { message: says });
    }
  }
  if (run.stdout !== undefined && root.lastChild !== null) {
    text(add(root.lastChild as Element, 'system-out'), run.stdout);
  }
  const xml = new XMLSerializer().serializeToString(document, { requireWellFormed: true });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;
}

function counts(tests: readonly TestView[]) {
  const of = (...statuses: TestView['status'][]) => tests.filter(({ status }) => statuses.includes(status)).length;
  return {
    tests: tests.length,
    failures: of('fail'),
    errors: of('error', 'held'),
    skipped: of('skip', 'person'),
    time: seconds(tests.reduce((sum, { ms }) => sum + ms, 0)),
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** Of what plain text may hold, XML has no way to write two characters that are none. */
const xmlText = (text: string): string => text.replace(/[\ufffe\uffff]/g, '\ufffd');
