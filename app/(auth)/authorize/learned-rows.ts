import { type Locale, toIntlTag } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

type Claim = { claim: string; value: unknown };
type Row = { term: string; value: string };

const NAMED = [
  ...(['name', 'given_name', 'family_name', 'preferred_username', 'email'] as const),
  ...(['locale', 'groups', 'picture', 'updated_at'] as const),
] as const;

/** Said with the name. */
const PARTS_OF_NAME = ['given_name', 'family_name'] as const;

/**
 * The claims as rows, in words and with their values; those without a value are not sent. A claim of the project's own
 * keeps its name.
 */
export function learnedRows(claims: readonly Claim[], locale: Locale): Row[] {
  const t = translator(locale, 'authorize.claims');
  const values = new Map(claims.filter(({ value }) => isSent(value)).map(({ claim, value }) => [claim, value]));
  const isSaid = (claim: string) => values.has('name') && PARTS_OF_NAME.some((part) => part === claim);
  const known = NAMED.filter((claim) => values.has(claim) && !isSaid(claim)).map((claim) => ({
    term: t(claim),
    value: textOf(claim, values.get(claim), { locale, isVerified: values.get('email_verified') === true }),
  }));
  const own = [...values].filter(([claim]) => claim !== 'email_verified' && !NAMED.some((each) => each === claim));
  return [...known, ...own.map(([claim, value]) => ({ term: claim, value: plain(value) }))];
}

function isSent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function textOf(
  claim: (typeof NAMED)[number],
  value: unknown,
  { locale, isVerified }: { locale: Locale; isVerified: boolean },
): string {
  switch (claim) {
    case 'email':
      return translator(locale, 'authorize.consent')(isVerified ? 'verified' : 'unverified', { email: plain(value) });
    case 'updated_at':
      // Seconds since 1970 (OpenID Connect Core §5.1).
      return new Intl.DateTimeFormat(toIntlTag(locale), { dateStyle: 'long' }).format(Number(value) * 1000);
    default:
      return plain(value);
  }
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
