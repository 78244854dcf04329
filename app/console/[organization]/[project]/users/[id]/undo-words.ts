import { fieldName, fieldValue } from '@/components/audit/event-fields';
import { fieldChangesOf } from '@/lib/audit/model/undo';
import type { EventRecord } from '@/lib/audit/service';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { type AppError, isAppError } from '@/lib/platform/errors';
import { type Json, pointerParts } from '@/lib/platform/json';
import { fieldsOf, fieldTitle } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import type { ShownChange, ShownRefusal, UndoPreview } from '@/lib/undo/model/shown';
import type { ProjectProof } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';

type Words = { locale: Locale; nameOf: (pointer: string) => string };
type Effects = Extract<UndoPreview, { refusal: null }>;

/** What an undo changes, as its previewed events say, and what follows from it. */
export async function undoInWords(
  events: readonly EventRecord[],
  endedSessions: number,
  { person }: ProjectProof,
  identity: Identity,
): Promise<Omit<Effects, 'refusal'>> {
  const words = await wordsFor(person.identity.locale, identity);
  const changes = events.flatMap((event) => shownChanges(event, words));
  const notes = events.flatMap((event) => notesOf(event, endedSessions, words.locale));
  return { changes, notes };
}

/** Why an undo was refused; null for what no one can act on here. */
export async function refusalInWords(
  error: unknown,
  { person, organization, project }: ProjectProof,
  id: string,
): Promise<ShownRefusal | null> {
  if (!isAppError(error)) return null;
  const words = await wordsFor(person.identity.locale, await getIdentity(project.id, id));
  const sentence = sentenceOf(error, words);
  if (sentence === null) return null;
  const log = `/console/${organization.slug}/${project.slug}/audit-log`;
  const conflicts = (error.details.undoConflicts ?? []).map(({ pointer, eventId, ...values }) => ({
    name: words.nameOf(pointer),
    before: fieldValue(pointer, values.before, words.locale),
    after: fieldValue(pointer, values.after, words.locale),
    now: fieldValue(pointer, values.now, words.locale),
    href: eventId === null ? null : `${log}/${eventId}`,
  }));
  return { sentence, conflicts };
}

function sentenceOf({ code, details }: AppError, { locale, nameOf }: Words): string | null {
  const t = translator(locale, 'consoleUndo');
  const { undoConflicts = [], undoObstacle, violations = [] } = details;
  if (code === 'undo_conflict') return t('reasons.conflict', { count: undoConflicts.length });
  if (undoObstacle) return t(`reasons.${undoObstacle}`);
  const [taken] = violations;
  if (code === 'identifier_taken' || code === 'external_id_taken') {
    const value = taken?.params?.value;
    return typeof value === 'string' ? t('reasons.taken', { value }) : null;
  }
  const fields = [...new Set(violations.map(({ pointer }) => nameOf(pointer)))].join(', ');
  return code === 'invalid_traits' ? t('reasons.schema', { fields }) : null;
}

async function wordsFor(language: string | null, { projectId, schemaId, schemaVersion }: Identity): Promise<Words> {
  const locale = await getLocale(language);
  const { document } = await getSchema(projectId, schemaId, schemaVersion);
  const titles = new Map(fieldsOf(document).map((field) => [field.pointer, fieldTitle(field, locale)]));
  const nameOf = (pointer: string) =>
    pointer.startsWith('/passkeys/')
      ? translator(locale, 'consoleUndo')('passkeyName')
      : fieldName(pointer, titles, locale);
  return { locale, nameOf };
}

function shownChanges({ type, details = {} }: EventRecord, { locale, nameOf }: Words): ShownChange[] {
  const shown = (pointer: string, now: Json, restored: Json) => ({
    name: nameOf(pointer),
    now: fieldValue(pointer, now, locale),
    restored: fieldValue(pointer, restored, locale),
  });
  if (type === 'passkey.renamed') return [shown('/passkeys/name', String(details.before), String(details.name))];
  return Object.entries(fieldChangesOf({ details }))
    .filter(([pointer, { before, after }]) => !(isVerified(pointer) && (before === null || after === null)))
    .map(([pointer, { before, after }]) => shown(pointer, before, after));
}

function notesOf({ details = {} }: EventRecord, sessions: number, locale: Locale): string[] {
  const t = translator(locale, 'consoleUndo.notes');
  const changes = fieldChangesOf({ details });
  const addresses = Object.entries(changes).filter(([pointer]) => isVerified(pointer));
  const returned = addresses.filter(([, { before, after }]) => before === null && after === false);
  const isMoved = addresses.some(([, { before, after }]) => before === null || after === null);
  const state = changes['/state']?.after;
  return [
    ...returned.map(([pointer]) => t('unverified', { email: pointerParts(pointer)[1] ?? '' })),
    ...(isMoved ? [t('notified')] : []),
    ...(state === 'active' ? [t('active')] : []),
    ...(state === 'inactive' ? [t('inactive', { sessions })] : []),
  ];
}

function isVerified(pointer: string): boolean {
  return pointer.startsWith('/verified/');
}
