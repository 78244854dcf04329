import { expect, test } from 'vitest';
import type { JsonObject } from '@/lib/platform/json';
import { repairBody } from '../contract';
import { addFaults, faultsOf, isLeft, MAX_PEOPLE, MAX_REASONS, type Reason } from './reason';
import { suggestionsFor } from './suggest';

const traitsOf = (properties: JsonObject, required: string[] = []): JsonObject => ({
  properties: { traits: { type: 'object', properties, required } },
});
const reason = (fields: Partial<Reason>): Reason => ({
  pointer: '/traits/a',
  keyword: 'type',
  message: 'must be number',
  params: { type: 'number' },
  found: ['text'],
  count: 1,
  people: [],
  ...fields,
});

test('groups the items of a list, and keeps numeric keys of objects', () => {
  const traits = { tags: [1, 2], years: { 0: 'x' } };
  const violations = ['/traits/tags/0', '/traits/tags/1', '/traits/years/0'].map((pointer) => ({
    ...{ pointer, message: 'must be string', keyword: 'type' },
    params: { type: 'string', allowedValues: ['secret'] },
  }));
  expect(faultsOf(traits, violations)).toEqual([
    {
      pointer: '/traits/tags/*',
      keyword: 'type',
      message: 'must be string',
      params: { type: 'string' },
      found: 'number',
    },
    {
      pointer: '/traits/years/0',
      keyword: 'type',
      message: 'must be string',
      params: { type: 'string' },
      found: 'text',
    },
  ]);
});

test('counts all, and lists the first people and reasons', () => {
  const reasons = new Map<string, Reason>();
  const fault = { pointer: '/traits/a', keyword: 'type', message: 'x', params: {}, found: 'text' as const };
  for (let at = 0; at < 20; at++) expect(addFaults(reasons, [fault], `person ${at}`)).toBe(true);
  const [only] = reasons.values();
  expect(only).toMatchObject({ count: 20, found: ['text'] });
  expect(only?.people).toHaveLength(MAX_PEOPLE);
  for (let at = 1; at < MAX_REASONS; at++) addFaults(reasons, [{ ...fault, pointer: `/traits/${at}` }], 'one');
  expect(addFaults(reasons, [{ ...fault, pointer: '/traits/last' }], 'one')).toBe(false);
  expect(reasons.size).toBe(MAX_REASONS);
});

test('a repair leaves identities by place, or by place and keyword', () => {
  const fault = { pointer: '/traits/a', keyword: 'type', message: 'x', params: {}, found: 'text' as const };
  expect(isLeft([fault], [{ op: 'leave', pointer: '/traits/a' }])).toBe(true);
  expect(isLeft([fault], [{ op: 'leave', pointer: '/traits/a', keyword: 'format' }])).toBe(false);
  expect(isLeft([fault], [{ op: 'leave', pointer: '/traits/b' }])).toBe(false);
});

test('suggests a conversion for a type, and a list for a value', () => {
  const context = { before: traitsOf({}), after: traitsOf({}), others: [] };
  expect(suggestionsFor(reason({}), context)).toEqual([
    [{ op: 'convert', pointer: '/traits/a', to: 'number' }],
    [{ op: 'remove', pointer: '/traits/a', keyword: 'type' }],
    [{ op: 'leave', pointer: '/traits/a', keyword: 'type' }],
  ]);
  expect(suggestionsFor(reason({ params: { type: 'array' } }), context)[0]).toEqual([
    { op: 'convert', pointer: '/traits/a', to: 'list' },
  ]);
  const fromList = suggestionsFor(reason({ params: { type: 'string' }, found: ['list'] }), context);
  expect(fromList.slice(0, 2)).toEqual([
    [{ op: 'convert', pointer: '/traits/a', to: 'first' }],
    [{ op: 'convert', pointer: '/traits/a', to: 'joined' }],
  ]);
});

test('suggests to move a trait that was renamed, from both sides', () => {
  const before = traitsOf({ phone: { type: 'string' } });
  const after = traitsOf({ mobile: { type: 'string' }, age: { type: 'number' } }, ['mobile']);
  const missing = reason({ pointer: '/traits/mobile', keyword: 'required' });
  const surplus = reason({ pointer: '/traits/phone', keyword: 'additionalProperties' });
  const others = [missing, surplus];
  const move = [{ op: 'move', from: '/traits/phone', pointer: '/traits/mobile' }];
  expect(suggestionsFor(missing, { before, after, others })[0]).toEqual(move);
  expect(suggestionsFor(surplus, { before, after, others })).toEqual([
    move,
    [{ op: 'remove', pointer: '/traits/phone', keyword: 'additionalProperties' }],
    [{ op: 'leave', pointer: '/traits/phone', keyword: 'additionalProperties' }],
  ]);
});

test('suggests the schema’s default for what is missing, and to replace what is required', () => {
  const after = traitsOf({ role: { enum: ['user', 'admin'] }, lang: { type: 'string', default: 'en' } }, ['role']);
  const context = { before: traitsOf({}), after, others: [] };
  expect(suggestionsFor(reason({ pointer: '/traits/lang', keyword: 'required' }), context)[0]).toEqual([
    { op: 'replace', pointer: '/traits/lang', keyword: 'required', value: 'en' },
  ]);
  expect(suggestionsFor(reason({ pointer: '/traits/role', keyword: 'enum' }), context)[0]).toEqual([
    { op: 'replace', pointer: '/traits/role', keyword: 'enum', value: 'user' },
  ]);
});

test('suggests only what can be asked for', () => {
  const context = { before: traitsOf({}), after: traitsOf({}), others: [] };
  for (const pointer of ['', '/traits', '/traits/', '/traits/__proto__', '/traits/a', '/traits/n/*'])
    for (const keyword of ['minProperties', 'required', 'type', 'identifier_taken', 'cost'])
      for (const suggestion of suggestionsFor(reason({ pointer, keyword }), context))
        for (const repair of suggestion) expect(repairBody.parse(repair)).toEqual(repair);
  expect(suggestionsFor(reason({ pointer: '/traits', keyword: 'minProperties' }), context)).toEqual([
    [{ op: 'leave', pointer: '/traits', keyword: 'minProperties' }],
  ]);
});
