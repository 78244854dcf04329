import { ArrowRight } from '@/components/ui/icons';
import { Disclosure } from '@/components/ui/layout/disclosure';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isJsonObject, type Json } from '@/lib/platform/json';
import { truncateText } from '@/lib/platform/text';
import { fieldName } from './event-sentence';

type Props = { event: AuditEvent; locale: Locale };

/** More would hide the events around. */
const MAX_FIELDS = 6;
/** The event's own page shows all of a value. */
const MAX_VALUE_LENGTH = 200;

/** The fields an event changed, one line each: before → after. For lists of events; renders nothing if none changed. */
export function ChangeList({ event, locale }: Props) {
  const changes = Object.entries(changesOf(event));
  if (changes.length === 0) return null;
  const isNew = event.type === 'identity.created'; // no previous value
  const list = (
    <dl className="flex min-w-0 flex-col gap-2 text-sm">
      {changes.map(([pointer, change]) => (
        <Change key={pointer} pointer={pointer} change={change} isNew={isNew} locale={locale} />
      ))}
    </dl>
  );
  if (changes.length <= MAX_FIELDS) return list;
  const count = changes.length;
  return <Disclosure summary={translator(locale, 'consoleUsers.history')('allChanges', { count })}>{list}</Disclosure>;
}

type ChangeProps = { pointer: string; change: Json; isNew: boolean; locale: Locale };

function Change({ pointer, change, isNew, locale }: ChangeProps) {
  const t = translator(locale, 'consoleAudit.changes');
  const { before = null, after = null } = isJsonObject(change) ? change : {};
  return (
    <div className="grid min-w-0 items-baseline gap-x-4 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      <dt className="text-muted wrap-anywhere">
        <bdi>{fieldName(pointer)}</bdi>
      </dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-2">
        {!isNew && (
          <>
            <Value word={t('before')} text={valueText(pointer, before, locale)} nothing={t('notSet')} />
            <ArrowRight size={14} className="shrink-0 text-muted rtl:rotate-180" aria-hidden />
          </>
        )}
        <Value word={t('after')} text={valueText(pointer, after, locale)} nothing={t('notSet')} />
      </dd>
    </div>
  );
}

function Value({ word, text, nothing }: { word: string; text: string | null; nothing: string }) {
  return (
    <span className="min-w-0 wrap-anywhere">
      <VisuallyHidden>{word}: </VisuallyHidden>
      {text === null ? <span className="text-muted">{nothing}</span> : <bdi>{text}</bdi>}
    </span>
  );
}

/** Null if there is, or was, no value. */
function valueText(pointer: string, value: Json, locale: Locale): string | null {
  if (value === null) return null;
  const isVerification = pointer.startsWith('/verified/') && typeof value === 'boolean';
  if (isVerification) return translator(locale, 'consoleUsers')(value ? 'verified' : 'unverified');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE_LENGTH ? `${truncateText(text, MAX_VALUE_LENGTH)}…` : text;
}

function changesOf({ details }: AuditEvent): Record<string, Json> {
  const changes = details.changes as Json | undefined;
  return isJsonObject(changes) ? changes : {};
}
