import { argumentsOf } from '@/lib/i18n/message-arguments';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { createTexts, TITLE } from '@/lib/i18n/texts';
import type { TranslationScope } from '@/lib/i18n/translate';

const TIME = new Date('2026-03-03T14:05:00Z');

/** The text as people see it, with examples in place of its arguments. The text fits its message. */
export function exampleOf({ locale, key }: { locale: Locale; key: string }, text: string, project: string): string {
  if (key.startsWith(TITLE)) return text;
  const examples: Record<string, string> = {
    ...{ project, organization: project, code: '012345', name: 'iPhone', inviter: 'Ada Lovelace' },
    ...{ date: formatExact(TIME, locale, 'UTC'), end: formatExact(TIME, locale, 'UTC'), newEmail: 'new@example.com' },
  };
  const values = [...argumentsOf(text)].map(([name, { kind, choices }]) => {
    if (kind === 'choice') return [name, choices[0] ?? 'other'];
    const isCount = kind === 'number' || ['minutes', 'seconds', 'triesLeft', 'count'].includes(name);
    return [name, isCount ? 10 : (examples[name] ?? 'name@example.com')];
  });
  const end = key.lastIndexOf('.');
  const t = createTexts([{ locale, key, text }]).translator(locale, key.slice(0, end) as TranslationScope);
  return (t as unknown as (name: string, values: unknown) => string)(key.slice(end + 1), Object.fromEntries(values));
}
