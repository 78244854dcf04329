import { describe, expect, test } from 'vitest';
import { argumentsOf, replacementFault } from './message-arguments';

const CHOICE = '{role, select, owner {an owner} admin {an admin} other {}} of {project}';
const COUNT = 'The code works for {minutes, plural, one {one minute} other {# minutes}}.';

test('reads arguments, those inside of branches too', () => {
  const found = argumentsOf('{a} {n, plural, one {{b}} other {#}} {role, select, owner {O} other {}} <b>{c}</b>');
  expect(Object.fromEntries([...found].map(([name, { kind }]) => [name, kind]))).toEqual({
    ...{ a: 'text', n: 'number', b: 'text', role: 'choice', c: 'text' },
    b: 'text',
  });
});

describe('a replacement', () => {
  test.each([
    ['Sign in to {project}', 'Welcome to {project}!'],
    ['Sign in', "It's free"],
    [COUNT, 'Works {minutes} min.'],
    [COUNT, 'Works {minutes, plural, one {a minute} other {# minutes}}.'],
    [CHOICE, '{project}: {role, select, owner {boss} other {helper}}'],
  ])('fits: %s → %s', (message, replacement) => {
    expect(replacementFault(message, replacement)).toBeNull();
  });

  test.each([
    ['Sign in to {project}', 'Welcome!', { kind: 'missing', names: ['project'] }],
    ['Sign in to {project}', 'Welcome {name} to {project}', { kind: 'unknown', names: ['name'] }],
    ['Sign in to {project}', 'Welcome <b>to</b> {project}', { kind: 'unknown', names: ['b'] }],
    ['Sign in to {project}', '{project, date}', { kind: 'changed', names: ['project'] }],
    [CHOICE, '{project} {role}', { kind: 'changed', names: ['role'] }],
    [CHOICE, '{project} {role, select, king {King} other {}}', { kind: 'changed', names: ['role'] }],
    ['Sign in to {project}', 'To {project', { kind: 'syntax', position: 3 }],
    [COUNT, '{minutes, plural, one {a}}', { kind: 'syntax', position: 25 }],
    ['Sign in', '<b>Sign in', { kind: 'syntax', position: 0 }],
  ])('does not fit: %s → %s', (message, replacement, fault) => {
    expect(replacementFault(message, replacement)).toEqual(fault);
  });
});
