import { ArrowRight } from '@/components/ui/icons';
import { Disclosure } from '@/components/ui/layout/disclosure';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Json } from '@/lib/platform/json';
import { truncateText } from '@/lib/platform/text';
import { changesOf, type FieldTitles, fieldName, fieldValue } from './event-fields';

type Props = { event: AuditEvent; titles: FieldTitles; locale: Locale };

/** More would hide the events around. */
const MAX_FIELDS = 6;
/** The event's own page shows all of a value. */
const MAX_VALUE_LENGTH = 200;

/** The fields an event changed, one line each: before → after. For lists of events; renders nothing if none changed. */
export function ChangeList({ event, titles, locale }: Props) {
  const changes = changesOf(event);
  if (changes.length === 0) return null;
  const isNew = event.type === 'identity.created'; // no previous value
  const list = (
    <dl className="flex min-w-0 flex-col gap-2 text-sm">
      {changes.map(([pointer, change]) => (
        <Change
          key={pointer}
          name={fieldName(pointer, titles, locale)}
          before={isNew ? undefined : shortValue(pointer, change.before, locale)}
          after={shortValue(pointer, change.after, locale)}
          locale={locale}
        />
      ))}
    </dl>
  );
  if (changes.length <= MAX_FIELDS) return list;
  const count = changes.length;
  return <Disclosure summary={translator(locale, 'consoleUsers.history')('allChanges', { count })}>{list}</Disclosure>;
}

type ChangeProps = {
  name: string;
  /** Undefined where there is no previous value to show; null where there was none. */
  before: string | null | undefined;
  after: string | null;
  locale: Locale;
};

function Change({ name, before, after, locale }: ChangeProps) {
  const t = translator(locale, 'consoleAudit.changes');
  return (
    <div className="grid min-w-0 items-baseline gap-x-4 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      <dt className="text-muted wrap-anywhere">
        <bdi>{name}</bdi>
      </dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-2">
        {before !== undefined && (
          <>
            <Value word={t('before')} text={before} nothing={t('notSet')} />
            <ArrowRight size={14} className="shrink-0 text-muted" aria-hidden />
          </>
        )}
        <Value word={t('after')} text={after} nothing={t('notSet')} />
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
function shortValue(pointer: string, value: Json, locale: Locale): string | null {
  const text = fieldValue(pointer, value, locale);
  return text !== null && text.length > MAX_VALUE_LENGTH ? `${truncateText(text, MAX_VALUE_LENGTH)}…` : text;
}
