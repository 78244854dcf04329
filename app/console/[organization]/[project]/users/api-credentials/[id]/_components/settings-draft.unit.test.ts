import { afterEach, describe, expect, test, vi } from 'vitest';
import { type GrantableScope, PRESETS } from '@/lib/api-credential/model';
import { changeOf, faultsOf, theirsOf, toLocalText } from './settings-draft';

const expiresAt = new Date('2030-07-01T10:20:30.456Z');
const seen = { name: 'Payroll', scopes: [...PRESETS.full], expiresAt };
const audit: GrantableScope[] = ['audit:read'];

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('what is to be changed', () => {
  test('is what differs from what was seen', () => {
    expect(changeOf({ name: ' Wages ', scopes: audit }, seen)).toEqual({ name: 'Wages', scopes: audit });
    expect(changeOf({ expiresAt: '' }, seen)).toEqual({ expiresAt: null });
    expect(changeOf({ expiresAt: '2031-01-01T00:00' }, { expiresAt: null })).toEqual({
      expiresAt: new Date('2031-01-01T00:00'),
    });
  });

  test('typed and taken back is no change, nor is a moment that the field cannot show to the millisecond', () => {
    const same = { name: 'Payroll', scopes: [...PRESETS.full], expiresAt: toLocalText(expiresAt) };
    expect(changeOf(same, seen)).toEqual({});
    expect(changeOf({ expiresAt: '' }, { expiresAt: null })).toEqual({});
  });
});

test.each([
  ['Europe/Berlin', '2030-07-01T12:20'],
  ['America/New_York', '2030-07-01T06:20'],
  ['UTC', '2030-07-01T10:20'],
])('in %s the field shows %s, and means the same moment', (zone, text) => {
  vi.stubEnv('TZ', zone);
  expect(toLocalText(expiresAt)).toBe(text);
  expect(changeOf({ expiresAt: text }, { expiresAt: null }).expiresAt?.toISOString()).toBe('2030-07-01T10:20:00.000Z');
});

test('faults stand at their fields', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  expect(faultsOf({ name: '', expiresAt: now }, now)).toEqual({ name: 'nameMissing', expiresAt: 'expiresPast' });
  expect(faultsOf({ name: 'x'.repeat(101), expiresAt: null }, now)).toEqual({ name: 'nameTooLong' });
  expect(faultsOf({ name: 'x'.repeat(100), scopes: audit, expiresAt }, now)).toEqual({});
  expect(faultsOf({ scopes: [] }, now)).toEqual({ scopes: 'scopesMissing' });
});

test('what another one wrote is read out of the conflicts', () => {
  const conflicts = [
    { pointer: '/name', base: 'a', mine: 'b', theirs: 'c' },
    { pointer: '/scopes', base: [], mine: [], theirs: ['audit:read', 'unheard:of'] },
    { pointer: '/expiresAt', base: null, mine: null, theirs: expiresAt.toISOString() },
  ];
  expect(theirsOf(conflicts)).toEqual({ name: 'c', scopes: audit, expiresAt });
  expect(theirsOf([{ pointer: '/expiresAt', base: 'x', mine: 'y', theirs: null }])).toEqual({ expiresAt: null });
});
