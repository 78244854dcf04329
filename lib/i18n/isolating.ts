import { isolated } from '@/lib/platform/text';
import type { Direction } from './model';

/**
 * The values of a message with every text in bidi isolation (`lib/platform/text.ts`), so that it cannot disturb the
 * sentence. The single place where user text enters sentences of pages, emails and labels.
 */
export function isolatedValues(values: Record<string, unknown>, direction: Direction = 'ltr'): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? isolated(value, direction) : value,
    ]),
  );
}
