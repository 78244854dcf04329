import { describe, expect, test } from 'vitest';
import { backOffSeconds } from './back-off';

describe('backOffSeconds', () => {
  test('triples from five seconds up to the maximum', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((failures) => backOffSeconds(failures, 7200, 0.5));
    expect(pauses).toEqual([5, 15, 45, 135, 405, 1215, 3645, 7200, 7200, 7200]);
  });

  test('varies by up to a quarter', () => {
    expect(backOffSeconds(1, 7200, 0)).toBe(3.75);
    expect(backOffSeconds(1, 7200, 0.999)).toBeLessThan(6.25);
  });
});
