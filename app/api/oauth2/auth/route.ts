import { type Form, readForm, readQuery } from '@/lib/api/form';
import { resource } from '@/lib/api/resource';
import { resumePath } from '@/lib/grant/model';
import { authorize, type Outcome, storeAuthorization } from '@/lib/grant/service';
import type { Answer } from '@/lib/http/answer';
import { sentencePage } from '@/lib/http/plain-page';
import { translator } from '@/lib/i18n/translate';
import { askLocale } from '@/lib/web/asked-locale';
import { browserHashOf, ensureHashOf } from '@/lib/web/browser-cookies';
import { isNoNavigation, navigationRoute, type PersonRequest, seeOther } from '../../navigation-route';

/** Longer ones are refused by most proxies as a query. */
const FORM = { limit: 16 * 1024, repeatable: ['resource'] };

/**
 * The authorization endpoint (RFC 6749 §3.1). A POST is stored and led to the GET, because a cross-site POST carries no
 * session. Answers are redirects by 303, and pages where the application is not proven to have asked.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: navigationRoute('GET /oauth2/auth', async (asked) => {
    if (isNoNavigation(asked.request)) return refuse(asked, 'notNavigated');
    return answer(
      asked,
      await authorize(asked.context, pairsOf(readQuery(asked.request, FORM.repeatable)), await browserOf(asked)),
    );
  }),
  POST: navigationRoute('POST /oauth2/auth', async (asked) => {
    if (isNoNavigation(asked.request)) return refuse(asked, 'notNavigated');
    const outcome = await storeAuthorization(asked.context, pairsOf(await readForm(asked.request, FORM)));
    if (outcome.kind !== 'resume') return answer(asked, outcome);
    return seeOther(asked.context.origin + resumePath(outcome.clientId, outcome.id));
  }),
});

/** RFC 6749 §3.1: a parameter without a value counts as omitted. */
function pairsOf(form: Form) {
  return form.pairs.filter(([, value]) => value !== '');
}

async function browserOf({ context, jar, request, findProof }: PersonRequest) {
  const browser = { context, jar, userAgent: request.headers.get('user-agent') ?? '' };
  return { hash: browserHashOf(browser), ensureHash: () => ensureHashOf(browser), proof: await findProof() };
}

function answer(asked: PersonRequest, outcome: Outcome): Answer {
  switch (outcome.kind) {
    case 'page':
      return refuse(asked, outcome.fault);
    case 'answer':
      return seeOther(outcome.location);
    case 'ask':
      askLocale(asked, outcome.uiLocales);
      return seeOther(outcome.path);
  }
}

type Fault = Extract<Outcome, { kind: 'page' }>['fault'] | 'notNavigated';

function refuse({ locale, context }: PersonRequest, fault: Fault): Answer {
  return sentencePage(400, translator(locale, 'authorize.faults')(fault), locale, context.requestId);
}
