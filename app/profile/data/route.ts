import { toOwnEventResponse, toPersonalDataResponse } from '@/lib/credential/contract';
import { getPersonalData } from '@/lib/credential/service';
import { toOwnGrantsResponse } from '@/lib/grant/contract';
import { listGrants } from '@/lib/grant/service';
import { toOwnPairingsResponse } from '@/lib/pairing/contract';
import { listPairings } from '@/lib/pairing/service';
import { imageFileName } from '@/lib/picture/model';
import { toOwnCodesResponse } from '@/lib/recovery-code/contract';
import { listRecoveryCodes } from '@/lib/recovery-code/service';
import { getLocale } from '@/lib/web/locale';
import { personRoute } from '@/lib/web/page-route';
import { toStream } from '@/lib/web/stream';
import { zipOf } from '@/lib/web/zip';
import { htmlOf, PICTURE_NAME } from './page-of';

/**
 * "Download your data": an archive with a page for reading, the same data as JSON for programs, and the picture. Events are
 * read and streamed page by page.
 */
export const GET = personRoute({ fresh: false }, async (proof) => {
  const { project, identity } = proof;
  const [data, codes, pairings, grants, locale] = await Promise.all([
    getPersonalData(proof),
    listRecoveryCodes(project.id, identity.id),
    listPairings(project.id, identity.id),
    listGrants(project.id, identity.id),
    getLocale(identity.locale),
  ]);
  const account = {
    ...toPersonalDataResponse(data, project.origin),
    ...toOwnCodesResponse(codes),
    ...toOwnPairingsResponse(pairings),
    ...toOwnGrantsResponse(grants),
  };
  const { picture } = data;
  const files = [
    { name: 'signet-data.html', content: htmlOf({ ...data, codes, pairings, grants }, project, locale) },
    { name: 'signet-data.json', content: jsonOf(account, data.activity()) },
    ...(picture ? [{ name: imageFileName(PICTURE_NAME, picture), content: [picture.bytes] }] : []),
  ];
  return new Response(toStream(zipOf(files)), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="signet-data.zip"',
      'cache-control': 'private, no-store',
    },
  });
});

type Activity = ReturnType<Awaited<ReturnType<typeof getPersonalData>>['activity']>;

/** One JSON object whose last member holds the pages' items, one per line. */
async function* jsonOf(account: object, activity: Activity): AsyncGenerator<string> {
  yield `${JSON.stringify(account, null, 2).slice(0, -'\n}'.length)},\n  "activity": [`;
  let separator = '\n';
  for await (const page of activity) {
    const items = page.map(toOwnEventResponse);
    yield items.map((item, at) => `${at === 0 ? separator : ',\n'}    ${JSON.stringify(item)}`).join('');
    separator = ',\n';
  }
  yield '\n  ]\n}\n';
}
