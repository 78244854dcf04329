import { beforeEach, describe, expect, test } from 'vitest';
import { titleKey } from '@/lib/i18n/texts';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import { createSchema } from '@/lib/schema/service';
import { readEvents } from '@/testing/events';
import { makeProject } from '@/testing/project';
import type { Project } from '../model';
import * as projects from '../service';

let project: Project;
let actor: Actor;

const TITLE = { locale: 'en', key: 'login.title' } as const;
const current = () => projects.getProject(project.id);
const titleNow = async () => (await projects.textsOf(await current())).translator('en', 'login')('title');
const change = (
  text: string | null,
  base: string | null = null,
  place: Parameters<typeof projects.changeText>[1] = TITLE,
) => projects.changeText(actor, place, { base: { text: base }, mine: { text } });

beforeEach(async () => {
  project = await makeProject();
  actor = { ...cliActor(project.id), kind: 'operator', id: 'an-operator' };
});

test('replaces a text at once, with an event, and restores the original', async () => {
  expect((await current()).textsVersion).toBeNull();
  await change('Welcome');
  expect(await titleNow()).toBe('Welcome');
  await change('Hello', 'Welcome');
  expect(await titleNow()).toBe('Hello');
  await change(null, 'Hello');
  expect(await titleNow()).toBe('Sign in');
  expect(await projects.listTexts(project.id)).toEqual([]);
  const changes = (await readEvents(project.id, 'project.updated')).map(({ details }) => details.changes);
  expect(changes).toEqual([
    { '/texts/en/login.title': { before: 'Hello', after: null } },
    { '/texts/en/login.title': { before: 'Welcome', after: 'Hello' } },
    { '/texts/en/login.title': { before: null, after: 'Welcome' } },
  ]);
});

test('the original’s own words, or none, restore the original', async () => {
  await change('Welcome');
  expect(await change(' Sign in ', 'Welcome')).toEqual({ text: null });
  await change('Welcome');
  expect(await change('  ', 'Welcome')).toEqual({ text: null });
});

test('reports a concurrent change instead of overwriting it', async () => {
  await change('Theirs');
  await expect(change('Mine')).rejects.toMatchObject({
    code: 'version_conflict',
    details: { conflicts: [{ pointer: '/text', base: null, mine: 'Mine', theirs: 'Theirs' }] },
  });
  expect(await titleNow()).toBe('Theirs');
});

test('of concurrent first changes one wins', async () => {
  const results = await Promise.allSettled(['A', 'B', 'C'].map((text) => change(text)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await projects.listTexts(project.id)).toHaveLength(1);
});

describe('refuses', () => {
  const LEAD = { locale: 'en', key: 'login.lead' } as const;
  test.each([
    ['a missing argument', 'Welcome', 'missing', { names: ['project'] }],
    ['an unknown argument', '{project} {name}', 'unknown', { names: ['name'] }],
    ['a tag', '<b>{project}</b>', 'unknown', { names: ['b'] }],
    ['syntax errors, with their place', 'to {project', 'syntax', { position: 4 }],
    ['line breaks', '{project}\nx', 'pattern', {}],
    ['text that changes its direction', '{project}\u202e', 'pattern', {}],
    ['long text', `{project}${'x'.repeat(1000)}`, 'maxLength', { max: 1000 }],
  ])('%s', async (_, text, keyword, params) => {
    await expect(change(text, null, LEAD)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { violations: [{ pointer: '/text', keyword, params }] },
    });
    expect((await current()).textsVersion).toBeNull();
  });

  test.each(['profile.title', 'mail.footer', 'mail.facts.time', 'nothing', 'schema.default/traits/none'])(
    'what is not replaceable: %s',
    async (key) => {
      await expect(change('x', null, { locale: 'en', key })).rejects.toMatchObject({ code: 'not_found' });
    },
  );

  test('an unknown project', async () => {
    actor = { ...actor, projectId: newId() };
    await expect(change('Welcome')).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('replaces the title of a field of a schema', async () => {
  const [title] = (await projects.listTitles(project.id, 'en')).filter(({ key }) => key.endsWith('/first'));
  if (!title) throw new Error('the default schema has a first name');
  await change('Call sign', null, { locale: 'en', key: title.key });
  const texts = await projects.textsOf(await current());
  expect(texts.titleOf('default', '/traits/name/first', 'en')).toBe('Call sign');
  expect(texts.titleOf('default', '/traits/name/first', 'de')).toBeUndefined();
});

test('texts of one project are not those of another', async () => {
  const other = await makeProject();
  const own = { locale: 'en', key: titleKey('own', '/traits/own') } as const;
  await createSchema(cliActor(project.id), 'own', {
    type: 'object',
    properties: { traits: { type: 'object', properties: { own: { type: 'string', title: 'Own' } } } },
  });
  await change('Welcome');
  await change('Mine', null, own);
  expect(await projects.findText(project.id, TITLE)).toBe('Welcome');
  expect(await projects.getOriginal(project.id, own)).toBe('Own');
  expect((await projects.listTitles(project.id, 'en')).map(({ key }) => key)).toContain(own.key);
  expect((await projects.textsOf(other)).translator('en', 'login')('title')).toBe('Sign in');
  expect(await projects.listTexts(other.id)).toEqual([]);
  expect(await projects.findText(other.id, TITLE)).toBeNull();
  expect((await projects.listTitles(other.id, 'en')).map(({ key }) => key)).not.toContain(own.key);
  await expect(projects.getOriginal(other.id, own)).rejects.toMatchObject({ code: 'not_found' });
});
