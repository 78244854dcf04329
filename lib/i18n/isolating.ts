import { isolated } from '@/lib/platform/text';

type Say = (key: string, values?: Record<string, unknown>, ...more: unknown[]) => unknown;
type Translator = Say & { rich: Say; markup: Say };

/**
 * The same translator, whose sentences are safe from what is put into them: every text among the values is isolated
 * (`lib/platform/text.ts`). The one place where foreign texts come into sentences; a page, a mail and a label on a button get
 * theirs from here.
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
