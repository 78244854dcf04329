import type { Replacement } from '@/lib/i18n/texts';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';

/** In the order they were first written. */
export async function listTexts(projectId: string, reader?: Db | Tx): Promise<Replacement[]> {
  const rows = await (reader ?? (await db())).projectText.findMany({ where: { projectId }, orderBy: { id: 'asc' } });
  return rows.map(({ locale, key, text }) => ({ locale, key, text }));
}

export async function findText(
  projectId: string,
  { locale, key }: Pick<Replacement, 'locale' | 'key'>,
  reader?: Db | Tx,
): Promise<string | null> {
  const where = { projectId_locale_key: { projectId, locale, key } };
  return (await (reader ?? (await db())).projectText.findUnique({ where }))?.text ?? null;
}

/** Null removes it. Writers hold the project's row. */
export async function writeText(
  tx: Tx,
  projectId: string,
  { locale, key, text }: Pick<Replacement, 'locale' | 'key'> & { text: string | null },
): Promise<void> {
  const where = { projectId, locale, key };
  if (text === null) {
    await tx.projectText.deleteMany({ where });
    return;
  }
  const now = new Date();
  const { count } = await tx.projectText.updateMany({ where, data: { text, updatedAt: now } });
  if (count === 0)
    await tx.projectText.create({ data: { id: newId(), ...where, text, createdAt: now, updatedAt: now } });
}

/** Also locks the project's row until the transaction ends; false without such a project. */
export async function renewTextsVersion(tx: Tx, projectId: string): Promise<boolean> {
  const { count } = await tx.project.updateMany({ where: { id: projectId }, data: { textsVersion: newId() } });
  return count === 1;
}
