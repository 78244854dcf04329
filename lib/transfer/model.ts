import type { ErrorCode } from '@/lib/platform/errors';

/** A line of an import that was refused, with the reason as a sentence. The first line is 1. */
export type RefusedLine = { line: number; code: ErrorCode; reason: string };

/** Progress of an import. Everything up to `line` is settled: resume with the next line. */
export type ImportProgress = { line: number; bytesRead: number };

/** `present`: an identity with this ID existed and was left unchanged. */
export type ImportResult = { imported: number; present: number; refused: RefusedLine[] };

/** Identities per transaction while nothing else writes. */
export const MAX_BATCH_SIZE = 500;

/** Identities per transaction while a server runs, whose writers wait for at most one. */
export const SHARED_BATCH_SIZE = 200;
