import { displayName } from '@/lib/identity/model/name';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';
import { getSchema } from '@/lib/schema/service';
import { type Import, type ImportSettings, PREVIEW_ROWS, type PreviewRow } from '../model';
import { isTarget } from '../model/mapping';
import * as rows from '../repository';
import { toIncoming } from './person';
import { type Chosen, recognize } from './recognize';
import { rowsOf } from './rows';

/**
 * Chooses how an upload is read. After a change of format, encoding, delimiter or schema, the columns are recognized
 * again. Refuses: `invalid_input` for an impossible target or a file that cannot be read so, `version_conflict` while it
 * runs.
 */
export async function chooseSettings(
  one: Import,
  { schemaId, ...chosen }: Chosen & { schemaId?: string | undefined },
): Promise<Import> {
  refuseTargets(chosen.mapping ?? {});
  const schema = await getSchema(one.projectId, schemaId ?? one.settings.schemaId);
  const { encoding, match, policy, mapping, format, delimiter, columns } = one.settings;
  const wanted = { encoding, format, delimiter, match, policy, ...chosen };
  const isSameFile = (['encoding', 'format', 'delimiter'] as const).every((key) => wanted[key] === one.settings[key]);
  const settings: ImportSettings =
    isSameFile && schema.schemaId === one.settings.schemaId
      ? { ...one.settings, ...wanted, mapping: { ...mapping, ...knownOnly(chosen.mapping ?? {}, columns) } }
      : await recognize({ bytes: await headOf(one.id), isUtf8: encoding === 'utf-8' }, schema, {
          ...chosen,
          encoding: wanted.encoding,
          policy: wanted.policy,
        });
  const changes = { name: one.name, settings, phase: 'ready' as const, total: null };
  if (!(await rows.updateImport(one, ['ready', 'checked'], changes))) throw new AppError('version_conflict');
  return { ...one, settings, phase: 'ready', total: null };
}

/** Refuses: `invalid_input`. */
export function refuseTargets(mapping: ImportSettings['mapping']): void {
  for (const [column, target] of Object.entries(mapping))
    if (target !== null && !isTarget(target))
      throw new AppError('invalid_input', { reason: `${column}: ${target} is not a field of an identity` });
}

function knownOnly(mapping: ImportSettings['mapping'], columns: string[]): ImportSettings['mapping'] {
  return Object.fromEntries(Object.entries(mapping).filter(([column]) => columns.includes(column)));
}

async function headOf(id: string): Promise<Uint8Array> {
  for await (const chunk of rows.readChunks(id, 'upload')) return chunk;
  return new Uint8Array();
}

/** The first rows as identities, as they are read with the current settings. */
export async function previewRows({ id, projectId, settings }: Import): Promise<PreviewRow[]> {
  const shown: PreviewRow[] = [];
  for await (const group of rowsOf(rows.readChunks(id, 'upload'), settings)) {
    for (const row of group) {
      if (shown.length >= PREVIEW_ROWS) return shown;
      const incoming = await toIncoming(row, settings, (schemaId) => getSchema(projectId, schemaId));
      if (isAppError(incoming)) {
        shown.push({ row: row.number, reason: incoming.details.reason ?? incoming.message });
        continue;
      }
      const { traits, externalId, state, id: ownId, metadataPublic, metadataAdmin } = incoming.person.identity;
      const name = displayName({ traits, verifiableAddresses: [] }) || (incoming.identifiers[0] ?? '');
      const identity: JsonObject = {
        ...(ownId && { id: ownId }),
        ...(externalId && { external_id: externalId }),
        ...(state && { state }),
        traits,
        ...(metadataPublic != null && { metadata_public: metadataPublic }),
        ...(metadataAdmin != null && { metadata_admin: metadataAdmin }),
      };
      shown.push({ row: row.number, name, identity });
    }
  }
  return shown;
}
