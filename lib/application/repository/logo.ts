import { PICTURE_MEDIA_TYPES, type Picture } from '@/lib/picture/model';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import type { Application } from '../model';

/** The current logo of an application, if it has this hash, or null. */
export async function findApplicationLogo(projectId: string, clientId: string, hash: string): Promise<Picture | null> {
  const row = await (await db()).applicationLogo.findFirst({
    where: { projectId, application: { clientId, logoHash: hash } },
    select: { mediaType: true, bytes: true },
  });
  return row && { mediaType: toUnion(PICTURE_MEDIA_TYPES, row.mediaType), bytes: row.bytes };
}

/** Replaces the logo; null removes it. */
export async function replaceLogo(tx: Tx, { id, projectId }: Application, logo: Picture | null): Promise<void> {
  await tx.applicationLogo.deleteMany({ where: { applicationId: id, projectId } });
  if (logo) await tx.applicationLogo.create({ data: { applicationId: id, projectId, ...logo, createdAt: new Date() } });
}
