import type { Violation } from '@/lib/platform/errors';

/** The changes that remove these obstacles: what was typed, and what the dialog announces for the others. */
export function changesFor(obstacles: Violation[], typed: Record<string, string>): Record<string, string | null> {
  return Object.fromEntries(
    obstacles.map(({ pointer, keyword }) => {
      const value = typed[pointer]?.trim() || null;
      return [pointer, keyword === 'unknown_schema' ? DEFAULT_SCHEMA : value];
    }),
  );
}

const DEFAULT_SCHEMA = 'default';

/** The value that is taken. */
export function takenValue({ params }: Violation): string {
  return typeof params?.value === 'string' ? params.value : '';
}
