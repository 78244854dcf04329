import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { contentHash } from '@/lib/platform/secret';
import type { Project } from '../model';
import { type Logo, logoMediaType, MAX_LOGO_BYTES } from '../model/logo';
import * as rows from '../repository';
import { changeProject } from './update';

/**
 * Replaces the product's mark. The bytes decide the media type, not the file name. The URL contains the hash, so that
 * browsers may cache it forever. Refuses: `not_found`, `invalid_input` at `/logo`.
 */
export async function setLogo(actor: Actor, bytes: Uint8Array<ArrayBuffer>): Promise<Project> {
  const mediaType = logoMediaType(bytes);
  if (bytes.length > MAX_LOGO_BYTES) throw refused('size', `is larger than ${MAX_LOGO_BYTES / 1024} KiB`);
  if (!mediaType) throw refused('format', 'is not a PNG, JPEG or WebP image');
  return replace(actor, { mediaType, bytes });
}

/** Restores the product's own mark. Refuses: `not_found`. */
export async function removeLogo(actor: Actor): Promise<Project> {
  return replace(actor, null);
}

/** The project's current logo, if it has this hash, or null. */
export async function findLogo({ id, logoHash }: Pick<Project, 'id' | 'logoHash'>, hash: string): Promise<Logo | null> {
  return logoHash === hash ? rows.findLogo(id) : null;
}

async function replace(actor: Actor, logo: Logo | null): Promise<Project> {
  const logoHash = logo && contentHash(logo.bytes);
  return transaction(async (tx) => {
    const project = await changeProject(tx, actor, () => ({ logoHash }));
    await rows.replaceLogo(tx, actor.projectId, logo);
    return project;
  });
}

function refused(keyword: string, message: string): AppError {
  return new AppError('invalid_input', { violations: [{ pointer: '/logo', message, keyword }] });
}
