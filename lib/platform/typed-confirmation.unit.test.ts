import { describe, expect, test } from 'vitest';
import { isTypedConfirmation } from './typed-confirmation';

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
