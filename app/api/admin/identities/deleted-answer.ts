import type { Input } from '@/lib/api/handle';
import { type Listing, type ListPlace, pageByKey, pageByNumber } from '@/lib/api/listing';
import type { Page } from '@/lib/api/pagination';
import { type Answer, json } from '@/lib/http/answer';
import type { RequestContext } from '@/lib/http/context';
import { toDeletedResponse } from '@/lib/identity/contract/recycle-bin';
import { type DeletedFilter, type DeletedIdentity, PASSKEYS_POINTER } from '@/lib/identity/model/deleted';
import { toEtag } from '@/lib/identity/model/precondition';
import { countDeletedIdentities, getDeletedIdentity, listDeleted } from '@/lib/identity/service';
import { AppError, isAppError } from '@/lib/platform/errors';

/** A page of the recycle bin, in order of deletion. */
export async function deletedListAnswer(
  { projectId, origin }: RequestContext,
  place: ListPlace,
  page: Page,
  filter: DeletedFilter,
): Promise<Answer> {
  const { items, headers } = await pageOf(projectId, place, page, filter);
  return json(
    items.map((deleted) => toDeletedResponse(deleted, origin)),
    headers,
  );
}

function pageOf(
  projectId: string,
  place: ListPlace,
  page: Page,
  filter: DeletedFilter,
): Promise<Listing<DeletedIdentity>> {
  if (page.mode === 'keyset')
    return pageByKey(place, { page_size: page.size, page_token: page.token }, (after, limit) =>
      listDeleted(projectId, filter, { after, limit }),
    );
  return pageByNumber(
    place,
    page,
    () => countDeletedIdentities(projectId, filter),
    (offset, limit) => listDeleted(projectId, filter, { offset, limit }),
  );
}

/** An identity in the recycle bin. Its ETag is the last one it had. */
export async function deletedAnswer({ projectId, origin }: RequestContext, id: string): Promise<Answer> {
  const deleted = await getDeletedIdentity(projectId, id);
  return json(toDeletedResponse(deleted, origin), { etag: toEtag(deleted.identity) });
}

/** Write does not imply read: without the scope, a refused restore names the obstacles but not their values. */
export async function withReadableObstacles<Output>(
  { scopes }: Pick<Input<null, null>, 'scopes'>,
  restore: () => Promise<Output>,
): Promise<Output> {
  try {
    return await restore();
  } catch (error) {
    if (!isAppError(error) || error.code !== 'restore_conflict') throw error;
    const violations = error.details.violations?.map(({ params, ...violation }) => {
      const scope = violation.pointer.startsWith(PASSKEYS_POINTER) ? 'credentials:read' : 'identities:read';
      return scopes.has(scope) ? { ...violation, ...(params && { params }) } : violation;
    });
    throw new AppError(error.code, { ...error.details, ...(violations && { violations }) });
  }
}
