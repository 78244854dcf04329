import { emailOf } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { searchIdentities } from '@/lib/identity/service';
import { isStorableText } from '@/lib/platform/text';
import { projectRoute } from '@/lib/web/page-route';

const MAX_RESULTS = 8;
const MAX_QUERY_LENGTH = 200;

/** First users whose name, address or external ID contains every word of `q`: `{ users: [{ id, name, email }] }`. */
export const GET = projectRoute({ fresh: false }, async ({ project }, request) => {
  const words = new URL(request.url).searchParams.get('q')?.slice(0, MAX_QUERY_LENGTH) ?? '';
  const users = words.trim() === '' || !isStorableText(words) ? [] : await find(project.id, words);
  return Response.json({ users }, { headers: { 'cache-control': 'private, no-store' } });
});

async function find(projectId: string, words: string) {
  const { identities } = await searchIdentities(projectId, {
    words,
    sort: 'name',
    direction: 'ascending',
    cursor: { edge: 'first', place: null },
    limit: MAX_RESULTS,
  });
  return identities.map((identity) => ({
    id: identity.id,
    name: displayName(identity),
    email: emailOf(identity) ?? '',
  }));
}
