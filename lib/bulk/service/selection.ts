import { z } from 'zod';
import { LOCALES, type Locale } from '@/lib/i18n/model';
import { IDENTITY_STATES } from '@/lib/identity/model';
import { type IdentitySearch, listMatchingIds } from '@/lib/identity/service';
import { decrypt, encrypt } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import type { Selection } from '../model';

/** What the job needs besides the row: the selection, and the request for its audit events. */
export type Order = {
  selection: Selection;
  /** The project of the operator's identity. */
  operatorProjectId: string;
  requestId: string | null;
  address: string | null;
  /** The operator's language, for mails to people who have chosen none. */
  locale: Locale;
};

const order = z.object({
  selection: z.union([
    z.object({ ids: z.array(z.string()) }),
    z.object({
      matching: z.object({
        words: z.string(),
        state: z.enum(IDENTITY_STATES).nullable(),
        schemaId: z.string().nullable(),
        passkeys: z.enum(['none', 'one_device']).nullable(),
      }),
    }),
  ]),
  operatorProjectId: z.string(),
  requestId: z.string().nullable(),
  address: z.string().nullable(),
  locale: z.enum(LOCALES),
});

/** Encrypted: search words and addresses may name people. */
export function sealOrder(id: string, value: Order): string {
  return encrypt('bulk', JSON.stringify(value), id);
}

export function openOrder(id: string, sealed: string): Order {
  return order.parse(JSON.parse(decrypt('bulk', sealed, id)));
}

/** People per step: the statements of a step block SQLite's process for a few milliseconds. */
const STEP = 500;

/** The IDs of a selection after an ID, in ID order, page by page. The last page is shorter than the others. */
export async function* pagesOf(
  { id: projectId, rpId }: Project,
  selection: Selection,
  after: string | null = null,
): AsyncGenerator<string[]> {
  const wanted = toSearch(selection, rpId);
  for (let last = after; ; ) {
    const ids = await listMatchingIds(projectId, wanted, last, STEP);
    if (ids.length > 0) yield ids;
    if (ids.length < STEP) return;
    last = ids.at(-1) ?? null;
  }
}

function toSearch(selection: Selection, rpId: string): IdentitySearch & { ids?: string[] } {
  if ('ids' in selection) return { ids: selection.ids };
  const { words, state, schemaId, passkeys } = selection.matching;
  return {
    words,
    state: state ?? undefined,
    schemaId: schemaId ?? undefined,
    passkeys: passkeys ? { have: passkeys, rpId } : undefined,
  };
}
