import { recordEvent } from '@/lib/audit/service';
import { replacementFault } from '@/lib/i18n/message-arguments';
import type { Locale } from '@/lib/i18n/model';
import { createTexts, isReplaceable, PRODUCT_TEXTS, type Texts, TITLE, titleKey } from '@/lib/i18n/texts';
import { messageTextsOf } from '@/lib/i18n/translate';
import type { Actor } from '@/lib/platform/actor';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { type Edit, mergeEdit } from '@/lib/platform/edit';
import { AppError, type Violation } from '@/lib/platform/errors';
import { toPointer } from '@/lib/platform/json';
import { processWide } from '@/lib/platform/process-wide';
import { nameFault } from '@/lib/platform/text';
import { fieldsOf, fieldTitle } from '@/lib/schema/model';
import { listSchemas } from '@/lib/schema/service';
import type { Project } from '../model';
import { isBeingDeleted } from '../model/origin';
import { findProject } from '../repository';
import * as rows from '../repository/texts';

const MAX_TEXT_LENGTH = 1000;
/** An index of PostgreSQL takes 2704 bytes. */
const MAX_KEY_LENGTH = 600;

const known = processWide('project.texts', () => new BoundedCache<Texts>(200));

/**
 * The texts of a project's sign-in page and mails. The version is part of the project's row, which each request reads:
 * texts kept in this process are never outdated, and a project without its own costs no query.
 */
export async function textsOf({ id, textsVersion }: Pick<Project, 'id' | 'textsVersion'>): Promise<Texts> {
  if (textsVersion === null) return PRODUCT_TEXTS;
  const key = `${id} ${textsVersion}`;
  const texts = known.get(key) ?? createTexts(await rows.listTexts(id));
  known.set(key, texts);
  return texts;
}

/** `text` is null where the original is used. */
export type TextFields = { text: string | null };
export type TextPlace = { locale: Locale; key: string };

/** The original that a project may replace: the product's message or the title in the schema. Refuses: `not_found`. */
export async function getOriginal(projectId: string, { locale, key }: TextPlace): Promise<string> {
  const original = key.startsWith(TITLE)
    ? (await listTitles(projectId, locale)).find((title) => title.key === key)?.text
    : isReplaceable(key) && messageTextsOf(locale).get(key);
  if (!original || key.length > MAX_KEY_LENGTH) throw new AppError('not_found');
  return original;
}

/** The titles of the fields of a project's schemas, in their newest versions. */
export async function listTitles(projectId: string, locale: Locale): Promise<Array<{ key: string; text: string }>> {
  const schemas = await listSchemas(projectId);
  return schemas.flatMap(({ schemaId, document }) =>
    fieldsOf(document).map((field) => ({
      key: titleKey(schemaId, field.pointer),
      text: fieldTitle(field, locale) || field.pointer,
    })),
  );
}

/**
 * Replaces a text in one language; null, or the original's own text, restores the original. Refuses: `not_found`,
 * `version_conflict` with `conflicts`, `invalid_input` at `/text`.
 */
export async function changeText(actor: Actor, place: TextPlace, edit: Edit<TextFields>): Promise<TextFields> {
  const { projectId } = actor;
  const original = await getOriginal(projectId, place);
  return transaction(async (tx) => {
    const { name } = await lockProject(tx, projectId);
    const before = await rows.findText(projectId, place, tx);
    const wanted = mergeEdit<TextFields>({ text: before }, edit).text?.trim() || null;
    const text = wanted === original ? null : wanted;
    if (text === before) return { text };
    if (text !== null) requireFitting(place.key, original, text);
    await rows.writeText(tx, projectId, { ...place, text });
    const changes = { [toPointer(['texts', place.locale, place.key])]: { before, after: text } };
    await recordEvent(tx, actor, { type: 'project.updated', details: { name, changes } });
    return { text };
  });
}

async function lockProject(tx: Tx, projectId: string): Promise<Project> {
  const isLocked = await rows.renewTextsVersion(tx, projectId);
  const project = isLocked ? await findProject(projectId, tx) : null;
  if (!project || isBeingDeleted(project)) throw new AppError('not_found');
  return project;
}

/** Refuses: `invalid_input` at `/text`. */
export function requireFitting(key: string, original: string, text: string): void {
  const refuse = (keyword: string, message: string, params: Violation['params'] = {}): never => {
    throw new AppError('invalid_input', { violations: [{ pointer: '/text', message, keyword, params }] });
  };
  if (text.length > MAX_TEXT_LENGTH) refuse('maxLength', `is longer than ${MAX_TEXT_LENGTH}`, { max: MAX_TEXT_LENGTH });
  if (nameFault(text)) refuse('pattern', 'has line breaks or characters that cannot be read');
  const fault = key.startsWith(TITLE) ? null : replacementFault(original, text);
  if (fault?.kind === 'syntax')
    refuse('syntax', `cannot be read at ${fault.position + 1}`, { position: fault.position + 1 });
  if (fault && fault.kind !== 'syntax') refuse(fault.kind, `${fault.kind} arguments`, { names: fault.names });
}
