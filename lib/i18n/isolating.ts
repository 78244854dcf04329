import { isolated } from '@/lib/platform/text';

type Say = (key: string, values?: Record<string, unknown>, ...more: unknown[]) => unknown;
type Translator = Say & { rich: Say; markup: Say };

/**
 * Wraps a translator so that inserted values cannot disturb the sentence: every text value gets bidi isolation
 * (`lib/platform/text.ts`). The single place where user text enters sentences of pages, emails and labels.
 */
export function isolating<T>(t: T): T {
  const { rich, markup } = t as Translator;
  const wrap =
    (say: Say): Say =>
    (key, values, ...more) =>
      say(key, values && isolatedValues(values), ...more);
  return Object.assign(wrap(t as Say), t, { rich: wrap(rich), markup: wrap(markup) }) as T;
}

function isolatedValues(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? isolated(value) : value]),
  );
}
