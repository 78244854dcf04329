import { describe, expect, test } from 'vitest';
import { initials } from './initials';
import { isTypedConfirmation } from './typed-confirmation';

describe('initials', () => {
  test.each([
    ['Ada Lovelace', 'AL'],
    ['ada', 'A'],
    ['  Ada   King  Lovelace ', 'AL'],
    ['Żółć 王 👩‍🔬', 'Ż王'],
    ['👩‍🔬', '👩‍🔬'],
    ['👩‍🔬 👨‍👩‍👧', '👩‍🔬👨‍👩‍👧'],
    ['z\u0307ó x', 'Z\u0307X'],
    ['ada@example.com', 'A'],
    ['', ''],
    ['   ', ''],
  ])('%j → %j', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe('isTypedConfirmation', () => {
  test.each([
    ['ada@example.com', 'ada@example.com', true],
    [' Ada@Example.com ', 'ada@example.com', true],
    ['Z\u0307o\u0301', 'Żó', true],
    ['ada@example.co', 'ada@example.com', false],
    ['', 'ada@example.com', false],
    ['', '', false],
  ])('%j for %j: %s', (typed, wanted, expected) => {
    expect(isTypedConfirmation(typed, wanted)).toBe(expected);
  });
});
