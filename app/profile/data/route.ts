import { toOwnEventResponse, toPersonalDataResponse } from '@/lib/credential/contract';
import { getPersonalData } from '@/lib/credential/service';
import { personRoute } from '@/lib/web/page-route';
import { toStream } from '@/lib/web/stream';

/** "Download your data". Events are read and streamed page by page. */
export const GET = personRoute({ fresh: false }, async (proof) => {
  const data = await getPersonalData(proof);
  const account = toPersonalDataResponse(data, proof.project.origin);
  return new Response(toStream(textOf(account, data.activity)), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="signet-data.json"',
      'cache-control': 'private, no-store',
    },
  });
});

type Activity = Awaited<ReturnType<typeof getPersonalData>>['activity'];

/** One JSON object whose last member holds the pages' items, one per line. */
async function* textOf(account: object, activity: Activity): AsyncGenerator<string> {
  yield `${JSON.stringify(account, null, 2).slice(0, -'\n}'.length)},\n  "activity": [`;
  let separator = '\n';
  for await (const page of activity) {
    const items = page.map(toOwnEventResponse);
    yield items.map((item, at) => `${at === 0 ? separator : ',\n'}    ${JSON.stringify(item)}`).join('');
    separator = ',\n';
  }
  yield '\n  ]\n}\n';
}
