import { diffJson } from '@/lib/audit/model';
import { MAX_PICTURE_BYTES, type Picture, pictureMediaType, pictureRefused } from '@/lib/picture/model';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { contentHash } from '@/lib/platform/secret';
import type { Application } from '../model';
import { replaceLogo } from '../repository/logo';
import { getForWrite, writeChange } from './change';

/**
 * Replaces the logo of an application. The bytes decide the media type, not the file name. Its URL contains the hash, so
 * that browsers may cache it forever. Refuses: `not_found`, `invalid_input` at `/logo`.
 */
export async function setApplicationLogo(
  actor: Actor,
  clientId: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Application> {
  const mediaType = pictureMediaType(bytes);
  if (bytes.length > MAX_PICTURE_BYTES) throw pictureRefused('/logo', 'size');
  if (!mediaType) throw pictureRefused('/logo', 'format');
  return replace(actor, clientId, { mediaType, bytes });
}

/** Refuses: `not_found`. */
export async function removeApplicationLogo(actor: Actor, clientId: string): Promise<Application> {
  return replace(actor, clientId, null);
}

async function replace(actor: Actor, clientId: string, logo: Picture | null): Promise<Application> {
  const logoHash = logo && contentHash(logo.bytes);
  return transaction(async (tx) => {
    const before = await getForWrite(tx, actor, clientId, {});
    if (before.logoHash === logoHash) return before;
    const changes = diffJson({ logo: before.logoHash }, { logo: logoHash });
    const after = await writeChange(tx, actor, [before, { ...before, logoHash }], 'application.updated', changes);
    await replaceLogo(tx, after, logo);
    return after;
  });
}
