import { formatExact, toIntlTag } from '@/lib/i18n/model';
import type { Translate } from '@/lib/i18n/translate';
import { placeOf } from '@/lib/platform/geo';
import type { Mail, MailKind } from '../model';
import { type Block, facts } from './layout';

export type Content = { subject: string; blocks: Block[] };
export type Of<Kind extends MailKind> = Extract<Mail, { kind: Kind }>;
export type TemplateContext = {
  t: Translate<'mail'>;
  /** The project's name. */
  project: string;
  profileUrl: string;
  happenedAt: Date;
};

/** When it happened and, if a person's browser caused it, where. The time zone is UTC: the recipient's is unknown. */
export function circumstances({ locale, source }: Mail, { t, happenedAt }: TemplateContext): Block {
  const rows: [string, string][] = [[t('facts.time'), formatExact(happenedAt, locale, 'UTC')]];
  if (!source) return facts(rows);
  const { browser, system, address } = source;
  const device = browser !== null && system !== null ? t('device', { browser, system }) : (browser ?? system);
  rows.push([t('facts.device'), device ?? t('unknownDevice')]);
  if (address !== null) rows.push([t('facts.address'), address]);
  const place = placeOf(address, toIntlTag(locale));
  if (place !== null) rows.push([t('facts.place'), place]);
  return facts(rows);
}

export function formatEnd(millis: number, { locale }: Mail): string {
  return formatExact(new Date(millis), locale, 'UTC');
}
