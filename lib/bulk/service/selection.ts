import { z } from 'zod';
import { LOCALES, type Locale } from '@/lib/i18n/model';
import { STATE_FILTERS } from '@/lib/identity/model';
import { type IdentitySearch, listMatchingIds } from '@/lib/identity/service';
import type { Principal } from '@/lib/job/model';
import { principal } from '@/lib/job/service';
import { decrypt, encrypt } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { bulkRequest } from '../contract';
import type { BulkAction, BulkRequest, Selection } from '../model';

/** What the job needs besides the row. */
export type Order = {
  request: BulkRequest;
  selection: Selection;
  principal: Principal;
  /** The language of the person who started it, for mails to people who have chosen none. */
  locale: Locale;
};

const order = z.object({
  selection: z.union([
    z.object({ ids: z.array(z.string()) }),
    z.object({
      matching: z.object({
        words: z.string(),
        state: z.enum(STATE_FILTERS).nullable(),
        schemaId: z.string().nullable(),
        passkeys: z.enum(['none', 'one_device']).nullable(),
      }),
    }),
  ]),
  request: bulkRequest.optional(),
  principal: principal.optional(),
  locale: z.enum(LOCALES),
});
/** Instead of `request` and `principal` in the orders of version 0.1.0. */
const operatorOfOrder = z.object({
  operatorProjectId: z.string(),
  requestId: z.string().nullable(),
  address: z.string().nullable(),
});

/** Encrypted: search words and addresses may name people. */
export function sealOrder(id: string, value: Order): string {
  return encrypt('bulk', JSON.stringify(value), id);
}

/** Null once the action is finished. */
export function openOrder(action: BulkAction): Order | null {
  if (action.selection === null) return null;
  const opened: unknown = JSON.parse(decrypt('bulk', action.selection, action.id));
  const { request, selection, locale, principal } = order.parse(opened);
  return {
    request: request ?? bulkRequest.parse({ kind: action.kind }),
    selection,
    locale,
    principal: principal ?? toPrincipal(action, operatorOfOrder.parse(opened)),
  };
}

function toPrincipal(
  action: BulkAction,
  { operatorProjectId, ...request }: z.output<typeof operatorOfOrder>,
): Principal {
  const { operatorId: id, operatorEpoch: epoch, organizationId } = action;
  return { kind: 'operator', id, projectId: operatorProjectId, organizationId, epoch, ...request };
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
