import { actorNames } from '@/lib/api/actor-names';
import { toAuditEventResponse } from '@/lib/audit/contract';
import type { AuditEvent, AuditFilter } from '@/lib/audit/model';
import { listEvents } from '@/lib/audit/service';
import { readTypedFilters, toFilter } from '@/lib/web/audit-log/filters';
import { projectRoute } from '@/lib/web/page-route';
import { toStream } from '@/lib/web/stream';

const BATCH_SIZE = 500;

/** The events that match the page's filters, newest first, as JSON Lines. */
export const GET = projectRoute({ fresh: false }, async (proof, request) => {
  const filter = await toFilter(proof, readTypedFilters(Object.fromEntries(new URL(request.url).searchParams)));
  const { id, slug } = proof.project;
  // The first batch is read beforehand, so that a database failure shows in the status.
  const first = filter ? await listEvents(id, filter, { limit: BATCH_SIZE }) : [];
  return new Response(toStream(lines(id, filter ?? {}, first)), {
    headers: {
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': `attachment; filename="audit-log-${slug}.jsonl"`,
      'cache-control': 'private, no-store',
    },
  });
});

async function* lines(projectId: string, filter: AuditFilter, first: AuditEvent[]): AsyncGenerator<string> {
  for (let batch = first; batch.length > 0; ) {
    const names = await actorNames(projectId, batch);
    yield batch.map((event) => `${JSON.stringify(toAuditEventResponse(event, names(event)))}\n`).join('');
    if (batch.length < BATCH_SIZE) return;
    batch = await listEvents(projectId, filter, { before: batch.at(-1)?.id, limit: BATCH_SIZE });
  }
}
