import { afterEach, describe, expect, test, vi } from 'vitest';
import { type GrantableScope, PRESETS } from '@/lib/api-credential/model';
import { type Fields, fromLocalText, toChange, toLocalText, violationsOf } from './settings-fields';

const expiresAt = '2030-07-01T10:20:30.456Z';
const base: Fields = { name: 'Payroll', authMethod: 'client_secret_basic', scopes: [...PRESETS.full], expiresAt };
const audit: GrantableScope[] = ['audit:read'];

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('toChange', () => {
  test('sends edited fields with their bases', () => {
    expect(toChange({ base, mine: { ...base, name: ' Wages ', scopes: audit } })).toEqual({
      base: { name: 'Payroll', scopes: PRESETS.full },
      mine: { name: 'Wages', scopes: audit },
    });
    expect(toChange({ base, mine: { ...base, expiresAt: null } })).toEqual({
      base: { expiresAt: new Date(expiresAt) },
      mine: { expiresAt: null },
    });
    expect(toChange({ base, mine: { ...base, authMethod: 'client_secret_post' } })).toEqual({
      base: { authMethod: 'client_secret_basic' },
      mine: { authMethod: 'client_secret_post' },
    });
  });

  test('omits fields edited back to their base', () => {
    const same = {
      name: 'Payroll ',
      authMethod: base.authMethod,
      scopes: [...PRESETS.full],
      expiresAt: fromLocalText(toLocalText(expiresAt), expiresAt),
    };
    expect(toChange({ base, mine: same })).toEqual({ base: {}, mine: {} });
  });
});

test.each([
  ['Europe/Berlin', '2030-07-01T12:20'],
  ['America/New_York', '2030-07-01T06:20'],
  ['UTC', '2030-07-01T10:20'],
])('in %s the field shows %s and keeps the instant', (zone, text) => {
  vi.stubEnv('TZ', zone);
  expect(toLocalText(expiresAt)).toBe(text);
  expect(fromLocalText(text, null)).toBe('2030-07-01T10:20:00.000Z');
  expect(fromLocalText(text, expiresAt)).toBe(expiresAt);
  expect(fromLocalText('', expiresAt)).toBeNull();
});

test('each violation names its field', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  const found = (change: Partial<typeof base>) =>
    violationsOf({ base, mine: { ...base, ...change } }, now).map(({ pointer, keyword }) => `${pointer} ${keyword}`);
  expect(found({ name: '', expiresAt: now.toISOString() })).toEqual(['/name required', '/expiresAt past']);
  expect(found({ name: 'x'.repeat(101) })).toEqual(['/name maxLength']);
  expect(found({ name: 'x'.repeat(100), scopes: audit })).toEqual([]);
  expect(found({ scopes: [] })).toEqual(['/scopes required']);
});

test('an expired credential can be renamed', () => {
  const expired = { ...base, expiresAt: '2020-01-01T00:00:00.000Z' };
  expect(violationsOf({ base: expired, mine: { ...expired, name: 'Wages' } }, new Date())).toEqual([]);
});
