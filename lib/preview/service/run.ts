import type { EventRecord } from '@/lib/audit/service';
import { countEnded, type Held, type HeldCounts } from '@/lib/identity/model/held';
import { inPreview } from '@/lib/platform/db/preview';
import type { Tx } from '@/lib/platform/db/transaction';
import { addCounts, NOTHING_ENDS, type Preview } from '../model';
import { listHeld } from './held';

/** What the identities of one transaction hold when it ends. */
type Left = { ids: string[]; held: Held[] };

/**
 * Runs `work` so that it writes nothing, and returns what it would have done: the events it recorded, and what ends or
 * is deleted. Rejects as `work`. What ends is compared with the state committed after the rollback, so that no
 * transaction waits for the comparison.
 */
export async function preview<T>(projectId: string, work: () => Promise<T>): Promise<Preview & { result: T }> {
  const events: EventRecord[] = [];
  const lefts: Left[] = [];
  const onEnd = async (tx: Tx, records: readonly unknown[]) => {
    const recorded = records as readonly EventRecord[]; // `recordEvents` alone records
    events.push(...recorded);
    const ids = existingIds(recorded);
    if (ids.length > 0) lefts.push({ ids, held: await listHeld(projectId, ids, { tx }) });
  };
  const result = await inPreview(work, onEnd);
  let ends: HeldCounts = NOTHING_ENDS;
  for (const { ids, held } of lefts) ends = addCounts(ends, countEnded(await listHeld(projectId, ids), held));
  return { result, events, ends };
}

/** The identities of events, but those created. */
function existingIds(events: readonly EventRecord[]): string[] {
  const created = new Set(events.filter(({ type }) => type === 'identity.created').map(({ identityId }) => identityId));
  return [...new Set(events.flatMap(({ identityId }) => (identityId && !created.has(identityId) ? identityId : [])))];
}
