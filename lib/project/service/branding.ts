import { MAX_PICTURE_BYTES, type Picture, pictureMediaType, pictureRefused } from '@/lib/picture/model';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { contentHash } from '@/lib/platform/secret';
import type { Project } from '../model';
import * as rows from '../repository';
import { changeProject } from './update';

/**
 * Replaces the product's mark. The bytes decide the media type, not the file name. The URL contains the hash, so that
 * browsers may cache it forever. Refuses: `not_found`, `invalid_input` at `/logo`.
 */
export async function setLogo(actor: Actor, bytes: Uint8Array<ArrayBuffer>): Promise<Project> {
  const mediaType = pictureMediaType(bytes);
  if (bytes.length > MAX_PICTURE_BYTES) throw pictureRefused('/logo', 'size');
  if (!mediaType) throw pictureRefused('/logo', 'format');
  return replace(actor, { mediaType, bytes });
}

/** Restores the product's own mark. Refuses: `not_found`. */
export async function removeLogo(actor: Actor): Promise<Project> {
  return replace(actor, null);
}

/** The project's current logo, if it has this hash, or null. */
export async function findLogo(
  { id, logoHash }: Pick<Project, 'id' | 'logoHash'>,
  hash: string,
): Promise<Picture | null> {
  return logoHash === hash ? rows.findLogo(id) : null;
}

async function replace(actor: Actor, logo: Picture | null): Promise<Project> {
  const logoHash = logo && contentHash(logo.bytes);
  return transaction(async (tx) => {
    const project = await changeProject(tx, actor, () => ({ logoHash }));
    await rows.replaceLogo(tx, actor.projectId, logo);
    return project;
  });
}
