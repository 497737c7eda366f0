/** The marking pages: forms and answers to them. Nothing here judges or keeps: it asks the desk, and shows what the desk says. */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { Conflict } from '../../graders/gradebook/store.ts';
import type { Answer, MarkedTask } from '../../graders/marking/answers.ts';
import { markOn } from '../../graders/marking/answers.ts';
import type { Desk } from '../../graders/marking/desk.ts';
import { rubricOf } from '../../graders/marking/rubric.ts';
import { count, marks } from '../format.ts';
import { viewAlike } from './alike-view.ts';
import { all, filledIn, one, numberIn, rubricIn, type Form } from './form.ts';
import { formKey, guard } from './guard.ts';
import type { Filled, Frame, Settings } from './marking-view.ts';
import { answerPath, nextAnswer, taskPath, viewAnswer, viewOverview } from './marking-view.ts';
import { markingScripts, markingStyle, openMarkingPages } from './pages.ts';
import { viewRubric } from './rubric-view.ts';

interface Asked {
  desk: Desk;
  token: string;
  host: () => string;
  /** Who marks, where the marker has not said otherwise. */
  who: string;
}

/** The application that `gradmark mark` serves. */
export function markingApp({ desk, token, host, who }: Asked): Hono {
  const app = new Hono();
  const pages = openMarkingPages();
  const style = markingStyle();

  const settingsOf = (context: Context): Settings => ({
    who: getCookie(context, 'gradmark-who') ?? who,
    names: getCookie(context, 'gradmark-names') === 'shown',
    keys: getCookie(context, 'gradmark-keys') !== 'off',
  });
  const frame = (context: Context, title: string, flash?: Frame['flash']): Frame => {
    const done = context.req.query('done');
    const undo = context.req.query('undo');
    return {
      ...{ title, assignment: desk.look().results.title, formKey: formKey(token), settings: settingsOf(context) },
      flash: flash ?? (done === undefined ? undefined : { says: done.slice(0, 200), undo, isBad: false }),
    };
  };
  /** The question and the answer that an address names. */
  const found = (context: Context): { task: MarkedTask; answer: Answer } | undefined => {
    const task = desk.look().tasks.find(({ id }) => id === context.req.param('task'));
    const answer = task?.answers.find(({ key }) => key === context.req.param('key'));
    return task === undefined || answer === undefined ? undefined : { task, answer };
  };
  const gone = (context: Context) =>
    context.text('There is no such question or answer here: go back to the list.\n', 404);
  const rubricFor = ({ id, cap }: MarkedTask) => rubricOf(desk.look().state, id, cap)!;
  const page = (
    context: Context,
    { task, answer }: { task: MarkedTask; answer: Answer },
    more: { entered?: Filled; flash?: Frame['flash'] } = {},
  ) =>
    pages.answer(
      viewAnswer(frame(context, `${task.id} · ${task.title}`, more.flash), {
        ...{ view: desk.look(), task, answer, rubric: rubricFor(task) },
        version: desk.version(answer.student, task.id),
        trail: desk.trail(answer.student, task.id),
        ...(more.entered !== undefined && { entered: more.entered }),
      }),
    );
  const done = (path: string, says: string, undo: readonly number[] = []) =>
    `${path}?${new URLSearchParams({ done: says, ...(undo.length > 0 && { undo: undo.join(',') }) }).toString()}`;
  const formOf = async (context: Context): Promise<Form> => (await context.req.parseBody({ all: true })) as Form;
  const seqs = (events: readonly { seq: number }[]) => events.map(({ seq }) => seq);

  app.use(
    bodyLimit({ maxSize: 2 ** 20, onError: (context) => context.text('That is more than a page of text.\n', 413) }),
  );
  app.use(guard({ token, host }));
  app.get('/style.css', (context) => context.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/scripts/:name', (context) => {
    const script = Object.hasOwn(markingScripts, context.req.param('name'))
      ? markingScripts[context.req.param('name')]
      : undefined;
    return script === undefined
      ? gone(context)
      : context.body(script(), 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  });
  app.get('/', (context) => context.html(pages.overview(viewOverview(frame(context, 'Marking'), desk.look()))));

  app.post('/settings', async (context) => {
    const form = await formOf(context);
    const keep = (name: string, value: string) =>
      setCookie(context, name, value, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 180 * 86_400 });
    const said = one(form, 'who').trim().slice(0, 80);
    if (said !== '') keep('gradmark-who', said);
    keep('gradmark-names', form['names'] === undefined ? 'hidden' : 'shown');
    keep('gradmark-keys', form['keys'] === undefined ? 'off' : 'on');
    const back = one(form, 'back');
    return context.redirect(/^\/[^/\\]/.test(back) ? back : '/', 303);
  });
  app.post('/undo', async (context) => {
    const form = await formOf(context);
    const back = one(form, 'back');
    const path = /^\/[^/\\]/.test(back) ? back.split('?')[0]! : '/';
    const events = one(form, 'events').split(',').map(Number).filter(Number.isSafeInteger);
    try {
      const said = desk.undo(settingsOf(context).who, events);
      return context.redirect(done(path, `Took back ${count(said.length, 'mark')}.`), 303);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return context.redirect(done(path, error.message), 303);
    }
  });

  app.get('/task/:task', (context) => {
    const task = desk.look().tasks.find(({ id }) => id === context.req.param('task'));
    if (task === undefined) return gone(context);
    const next = nextAnswer(task, '', 'unmarked') ?? task.answers[0]!;
    return context.redirect(answerPath(task.id, next.key), 303);
  });
  app.get('/task/:task/rubric', (context) => {
    const task = desk.look().tasks.find(({ id }) => id === context.req.param('task'));
    if (task === undefined) return gone(context);
    const shown = { rubric: rubricFor(task), why: '', mistakes: [], isProposed: false };
    return context.html(pages.rubric(viewRubric(frame(context, `Rubric of ${task.id}`), desk.look(), task, shown)));
  });
  app.post('/task/:task/rubric', async (context) => {
    const task = desk.look().tasks.find(({ id }) => id === context.req.param('task'));
    if (task === undefined) return gone(context);
    const form = await formOf(context);
    const { rubric, mistakes } = rubricIn(form);
    const why = one(form, 'why').trim();
    if (why === '') mistakes.push('Say why the rubric changes: others will ask.');
    const show = (flash?: Frame['flash']) =>
      pages.rubric(
        viewRubric(frame(context, `Rubric of ${task.id}`, flash), desk.look(), task, {
          rubric,
          why,
          mistakes,
          isProposed: true,
        }),
      );
    if (mistakes.length > 0) return context.html(show(), 422);
    if (one(form, 'confirmed') === '') return context.html(show());
    // What was agreed to is the effect that was seen.
    if (one(form, 'confirmed') !== String(desk.look().seq)) {
      return context.html(
        show({ says: 'Somebody has marked meanwhile: look at the effect once more.', undo: undefined, isBad: true }),
        409,
      );
    }
    desk.changeRubric(settingsOf(context).who, task.id, rubric, why);
    return context.redirect(done(taskPath(task.id) + '/rubric', 'The rubric holds for everybody from now on.'), 303);
  });

  app.get('/task/:task/:key', (context) => {
    const here = found(context);
    return here === undefined ? gone(context) : context.html(page(context, here));
  });
  app.get('/task/:task/:key/next', (context) => {
    const here = found(context);
    if (here === undefined) return gone(context);
    const what = context.req.query('what') === 'failed' ? 'failed' : 'unmarked';
    const next = nextAnswer(here.task, here.answer.key, what);
    const stays = answerPath(here.task.id, here.answer.key);
    const none = what === 'failed' ? 'No other answer has a failed check.' : 'No other answer waits for its marks.';
    return context.redirect(next === undefined ? done(stays, none) : answerPath(here.task.id, next.key), 303);
  });
  app.post('/task/:task/:key', async (context) => {
    const here = found(context);
    if (here === undefined) return gone(context);
    const { task, answer } = here;
    const form = await formOf(context);
    const entered = filledIn(form, rubricFor(task));
    if (!entered.isNumber) {
      const says = `"${one(form, 'beside')}" is no number of marks: nothing was written.`;
      return context.html(page(context, here, { entered, flash: { says, undo: undefined, isBad: true } }), 422);
    }
    const seen = { student: answer.student, task: task.id, version: Number(one(form, 'version')) };
    try {
      const [said] = desk.mark(settingsOf(context).who, task.id, [answer.student], entered, [seen]);
      const points = said?.kind === 'marked' ? marks(said.points ?? 0) : '';
      const next = one(form, 'then') === 'next' ? nextAnswer(task, answer.key, 'unmarked') : undefined;
      const last = one(form, 'then') === 'next' && next === undefined ? ' That was the last one.' : '';
      return context.redirect(
        done(answerPath(task.id, (next ?? answer).key), `Gave ${points}.${last}`, [said!.seq]),
        303,
      );
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return context.html(
        page(context, found(context)!, { entered, flash: { says: error.message, undo: undefined, isBad: true } }),
        409,
      );
    }
  });
  app.post('/task/:task/:key/adjust', async (context) => {
    const here = found(context);
    if (here === undefined) return gone(context);
    const { task, answer } = here;
    const form = await formOf(context);
    const takesBack = one(form, 'points').trim() === '';
    const points = numberIn(one(form, 'points'));
    const why = one(form, 'why').trim();
    const isPossible = points !== undefined && points >= 0 && points <= answer.task.max;
    if (!takesBack && (!isPossible || why === '')) {
      const says = isPossible
        ? 'Say why: the student will read it. Nothing was written.'
        : `The task has 0 to ${marks(answer.task.max)} marks, not "${one(form, 'points')}". Nothing was written.`;
      return context.html(page(context, here, { flash: { says, undo: undefined, isBad: true } }), 422);
    }
    const seen = { student: answer.student, task: task.id, version: Number(one(form, 'version')) };
    try {
      desk.adjust(settingsOf(context).who, seen, takesBack ? null : points!, why === '' ? 'taken back' : why);
      const says = takesBack ? 'The adjustment is taken back.' : `The task is set to ${marks(points!)}.`;
      return context.redirect(done(answerPath(task.id, answer.key), says), 303);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return context.html(
        page(context, found(context)!, { flash: { says: error.message, undo: undefined, isBad: true } }),
        409,
      );
    }
  });
  const alike = (context: Context, { task, answer }: { task: MarkedTask; answer: Answer }, flash?: Frame['flash']) =>
    pages.alike(
      viewAlike(frame(context, `${task.id}: answers like this one`, flash), task, answer, {
        from: /^\d{1,6}$/.test(context.req.query('from') ?? '') ? Number(context.req.query('from')) : 0,
        versionOf: (student) => desk.version(student, task.id),
      }),
    );
  app.get('/task/:task/:key/alike', (context) => {
    const here = found(context);
    return here === undefined ? gone(context) : context.html(alike(context, here));
  });
  app.post('/task/:task/:key/alike', async (context) => {
    const here = found(context);
    if (here === undefined) return gone(context);
    const { task, answer } = here;
    const form = await formOf(context);
    const given = markOn(desk.look().state, answer);
    if (given === undefined) return context.html(alike(context, here), 422);
    const ticked = all(form, 'answer').flatMap((key) => task.answers.find((other) => other.key === key) ?? []);
    const seen = ticked.map(({ student, key }) => ({
      student,
      task: task.id,
      version: Number(one(form, `version-${key}`)),
    }));
    const { items, beside, comment = '', note = '' } = given;
    try {
      const students = ticked.map(({ student }) => student);
      const said = desk.mark(settingsOf(context).who, task.id, students, { items, beside, comment, note }, seen);
      return context.redirect(
        done(answerPath(task.id, answer.key), `Gave the same to ${count(said.length, 'answer')}.`, seqs(said)),
        303,
      );
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return context.html(alike(context, found(context)!, { says: error.message, undo: undefined, isBad: true }), 409);
    }
  });
  return app;
}
