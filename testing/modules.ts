import { vi } from 'vitest';

// Set-up of every test file. A worker runs many files and keeps what comes from node_modules, which costs most to load; our own
// modules, and what they keep for the process, are made anew for each file, so that no file finds what another has left.
vi.resetModules();
vi.useRealTimers(); // an earlier file may have left a faked clock
for (const slot of Object.getOwnPropertySymbols(globalThis)) {
  if (slot.description?.startsWith('signet.')) delete (globalThis as Record<symbol, unknown>)[slot];
}
