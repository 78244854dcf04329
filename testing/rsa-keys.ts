import type { GenerateKeyPairResult } from 'jose';
import { vi } from 'vitest';

/** More than any test rotates through, so that a project's keys differ. */
const MAX_KEPT = 6;
/** Beyond modules, which every test file evaluates again. */
const KEPT = Symbol.for('tests.rsa-keys');
type Pairs = Array<Promise<GenerateKeyPairResult>>;
const holder = globalThis as { [KEPT]?: Pairs };
holder[KEPT] ??= [];
const kept = holder[KEPT];
let at = 0;

// A pair takes 120 ms, and hundreds of projects in the tests sign ID tokens: they share a few pairs. Other algorithms are quick.
vi.mock('jose', async (importOriginal) => {
  const jose = await importOriginal<typeof import('jose')>();
  const generateKeyPair: typeof jose.generateKeyPair = (algorithm, options) => {
    if (algorithm !== 'RS256' || options?.modulusLength !== 2048) return jose.generateKeyPair(algorithm, options);
    at = (at + 1) % MAX_KEPT;
    kept[at] ??= jose.generateKeyPair(algorithm, options);
    return kept[at] as Promise<GenerateKeyPairResult>;
  };
  return { ...jose, generateKeyPair };
});
