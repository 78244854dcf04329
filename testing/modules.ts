import { vi } from 'vitest';

// Setup of every test file. A worker runs many files and keeps modules from node_modules, which are the most expensive
// to load; our own modules and their process-wide state are loaded again for each file, so that files do not affect
// each other.
vi.resetModules();
vi.useRealTimers(); // an earlier file may have left a fake clock
for (const slot of Object.getOwnPropertySymbols(globalThis)) {
  if (slot.description?.startsWith('signet.')) delete (globalThis as Record<symbol, unknown>)[slot];
}
