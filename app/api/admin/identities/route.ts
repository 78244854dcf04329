import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { flagQuery, pageByKey, pageByNumber } from '@/lib/api/listing';
import { pageQuery, toPage } from '@/lib/api/pagination';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { toProblem } from '@/lib/http/problem';
import {
  createIdentityBody,
  identityBatchBody,
  identityFilterQuery,
  MAX_BATCH_BYTES,
  toBatchInput,
  toIdentitiesText,
  toIdentityFilter,
  toIdentityResponse,
} from '@/lib/identity/contract';
import { toDeletedFilter } from '@/lib/identity/contract/recycle-bin';
import { toEtag } from '@/lib/identity/model/precondition';
import { countFiltered, createIdentities, createIdentity, listByOffset, listStoredAfter } from '@/lib/identity/service';
import { isAppError } from '@/lib/platform/errors';
import { deletedListAnswer } from './deleted-answer';

const MAX_IDS = 500;
const MAX_LINKED_IDS = 50;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/identities',
    {
      query: z.object({
        ...pageQuery,
        ...identityFilterQuery,
        count: z.array(z.enum(['exact'])).optional(),
        deleted: flagQuery,
      }),
    },
    async ({ context, query, request }) => {
      const { projectId, origin } = context;
      if (query.deleted) {
        const wanted = toDeletedFilter(query);
        const place = { base: `${origin}/admin/identities`, request, scope: [projectId, 'deleted', wanted] };
        return deletedListAnswer(context, place, toPage(query), wanted);
      }
      const filter = toIdentityFilter(query);
      // `ids` without paging returns all matches; `Link` is omitted when it would be longer than clients accept.
      const page = toPage(query, filter.ids ? MAX_IDS : undefined);
      const isLinked = (filter.ids?.length ?? 0) <= MAX_LINKED_IDS;
      const count = async () => {
        const { count: total, isMore } = await countFiltered(projectId, filter);
        return isMore ? null : total;
      };
      const total = page.mode === 'keyset' && query.count?.includes('exact') ? await count() : null;
      const place = { base: `${origin}/admin/identities`, request, scope: [projectId, filter] };
      const { items, headers } =
        page.mode === 'offset'
          ? await pageByNumber(place, page, count, (offset, limit) => listByOffset(projectId, filter, offset, limit))
          : await pageByKey(place, { page_size: page.size, page_token: page.token }, (after, limit) =>
              listStoredAfter(projectId, filter, after, limit),
            );
      const { link, ...others } = headers;
      return {
        status: 200,
        headers: {
          'content-type': 'application/json',
          ...others,
          ...(isLinked && link !== undefined && { link }),
          ...(total !== null && { 'x-total-count': String(total) }),
        },
        body: toIdentitiesText(items, origin),
      };
    },
  ),

  POST: handleIdempotent(
    'POST /admin/identities',
    { body: createIdentityBody },
    async ({ actor, context, body, tx }) => {
      const identity = await createIdentity(actor, body, { tx });
      return {
        status: 201,
        headers: { location: `${context.origin}/admin/identities/${identity.id}`, etag: toEtag(identity) },
        json: toIdentityResponse(identity, context.origin),
        resourceId: identity.id,
      };
    },
  ),

  PATCH: handle(
    'PATCH /admin/identities',
    { body: identityBatchBody, maxBodyBytes: MAX_BATCH_BYTES },
    async ({ actor, context, body, isDryRun }) => {
      const items = body.identities.filter(({ create }) => create);
      const outcomes = await createIdentities(
        actor,
        items.map(({ create }) => toBatchInput(create ?? {})),
      );
      const answers = new Map(items.map((item, at) => [item, outcomes[at]]));
      // As in Kratos, an item without `create` gets null.
      const identities = body.identities.map((item) => {
        const outcome = answers.get(item);
        if (!outcome) return null;
        const named = item.patch_id ? { patch_id: item.patch_id } : {};
        return isAppError(outcome)
          ? { action: 'error', ...named, error: toProblem(outcome, context.requestId) }
          : { action: 'create', ...(!isDryRun && { identity: outcome.id }), ...named };
      });
      return json({ identities });
    },
  ),
});
