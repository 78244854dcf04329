import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { handleOnce } from '@/lib/api/handle-idempotent';
import { linkHeader, offsetLinks, openPageToken, pageQuery, sealPageToken, toPage } from '@/lib/api/pagination';
import { resource } from '@/lib/api/resource';
import { toProblem } from '@/lib/http/problem';
import {
  createIdentityBody,
  identityBatchBody,
  identityFilterQuery,
  MAX_BATCH_BYTES,
  toBatchInput,
  toIdentityFilter,
  toIdentityResponse,
} from '@/lib/identity/contract';
import { toEtag } from '@/lib/identity/model';
import { countIdentities, createIdentities, createIdentity, listAfter, listByOffset } from '@/lib/identity/service';
import { isAppError } from '@/lib/platform/errors';

const MAX_IDS = 500;
const MAX_LINKED_IDS = 50;
const PAGING = ['page', 'per_page', 'page_size', 'page_token'];

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/identities',
    { query: z.object({ ...pageQuery, ...identityFilterQuery, count: z.array(z.enum(['exact'])).optional() }) },
    async ({ context, query, request }) => {
      const filter = toIdentityFilter(query);
      // Who names ids and no page gets them all; the links of a long list of ids would be longer than clients take.
      const page = toPage(query, filter.ids ? MAX_IDS : undefined);
      const isLinked = (filter.ids?.length ?? 0) <= MAX_LINKED_IDS;
      const base = `${context.origin}/admin/identities`;
      const kept = new URL(request.url).searchParams;
      for (const name of PAGING) kept.delete(name);
      const answer = (identities: Parameters<typeof toIdentityResponse>[0][], headers: Record<string, string>) =>
        Response.json(
          identities.map((identity) => toIdentityResponse(identity, context.origin)),
          { headers },
        );

      if (page.mode === 'offset') {
        const total = await countIdentities(context.projectId, filter);
        const identities = await listByOffset(context.projectId, filter, page.page * page.size, page.size);
        const link = linkHeader(base, kept, offsetLinks(page.page, page.size, total));
        return answer(identities, { ...(isLinked && { link }), 'x-total-count': String(total) });
      }
      const scope = JSON.stringify([context.projectId, filter]);
      const after = page.token === null ? null : openPageToken(page.token, scope);
      const found = await listAfter(context.projectId, filter, after, page.size + 1);
      const identities = found.slice(0, page.size);
      const size = { page_size: String(page.size) };
      const relations: Array<[string, Record<string, string>]> = [['first', size]];
      const last = identities.at(-1);
      if (found.length > page.size && last)
        relations.push(['next', { ...size, page_token: sealPageToken(last.id, scope) }]);
      const isCounted = query.count?.includes('exact') === true;
      const total = isCounted ? await countIdentities(context.projectId, filter) : null;
      return answer(identities, {
        ...(isLinked && { link: linkHeader(base, kept, relations) }),
        ...(total !== null && { 'x-total-count': String(total) }),
      });
    },
  ),

  POST: handleOnce('POST /admin/identities', { body: createIdentityBody }, async ({ actor, context, body, tx }) => {
    const identity = await createIdentity(actor, body, { tx });
    return {
      status: 201,
      headers: { location: `${context.origin}/admin/identities/${identity.id}`, etag: toEtag(identity) },
      json: toIdentityResponse(identity, context.origin),
      resourceId: identity.id,
    };
  }),

  PATCH: handle(
    'PATCH /admin/identities',
    { body: identityBatchBody, maxBodyBytes: MAX_BATCH_BYTES },
    async ({ actor, context, body }) => {
      const items = body.identities.filter(({ create }) => create);
      const outcomes = await createIdentities(
        actor,
        items.map(({ create }) => toBatchInput(create ?? {})),
      );
      const answers = new Map(items.map((item, at) => [item, outcomes[at]]));
      // As Kratos answers: what asks for nothing is null.
      const identities = body.identities.map((item) => {
        const outcome = answers.get(item);
        if (!outcome) return null;
        const named = item.patch_id ? { patch_id: item.patch_id } : {};
        return isAppError(outcome)
          ? { action: 'error', ...named, error: toProblem(outcome, context.requestId) }
          : { action: 'create', identity: outcome.id, ...named };
      });
      return Response.json({ identities });
    },
  ),
});
