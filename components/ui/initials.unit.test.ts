import { describe, expect, test } from 'vitest';
import { initials } from './initials';

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
