import type { Application } from '@/lib/application/model';
import { matchesRedirectUri } from '@/lib/application/model/uri';
import { findApplication, mayUse } from '@/lib/application/service';
import type { SessionProof } from '@/lib/session/model';
import {
  type AuthorizationFault,
  type AuthorizationRequest,
  answerUrl,
  consentPath,
  needsConsent,
  type PageFault,
  type Parameters,
  REQUEST_SECONDS,
  REQUEST_URI_PREFIX,
  type StoredRequest,
  signInPath,
} from '../model';
import { findGrant } from '../repository/grant';
import { bindRequest } from '../repository/request';
import { issueCode, spendRequest } from './issue-code';
import { meterRefusal } from './meter';
import { isOtherPerson, mustAuthenticate } from './must-authenticate';
import { parameterOf, readRequest } from './read-request';
import { findStoredRequest, secondsAfter, storeRequest } from './stored-request';

export type AuthorizeClient = { projectId: string; origin: string; requestId: string; address: string };

/** The browser that asks. */
export type AuthorizeBrowser = {
  /** Hash of its nonce, or null when it has none. */
  hash: string | null;
  /** Gives it a nonce if it has none. */
  ensureHash: () => string;
  /** The person signed in there. */
  proof: SessionProof | null;
};

/** What the authorization endpoint answers. */
export type Outcome =
  /** A page: the application must not learn of it, because it is not proven to have asked. */
  | { kind: 'page'; fault: PageFault }
  /** To the application, with a code or an error. */
  | { kind: 'answer'; location: string }
  /** To a page of Signet, a local path. */
  | { kind: 'ask'; path: string; uiLocales: readonly string[] };

/** A request that may be answered to its application. */
export type Checked = {
  application: Application;
  parameters: Parameters;
  redirectUri: string;
  stored: { id: string; row: StoredRequest } | null;
};

/**
 * The authorization endpoint (RFC 6749 §3.1, OpenID Connect Core §3.1.2), in this order: application, redirect URI,
 * parameters, person, who may use it, consent, code. Refuses: `rate_limited` where the request must be stored.
 */
export async function authorize(
  client: AuthorizeClient,
  sent: Parameters,
  browser: AuthorizeBrowser,
): Promise<Outcome> {
  const checked = await checkRequest(client.projectId, sent, browser.hash);
  if ('fault' in checked) return page(checked.fault);
  const read = readRequest(checked.application, checked.redirectUri, checked.parameters);
  if ('fault' in read) return refuse(client, checked, read.fault);
  return decide(client, browser, checked, read.request);
}

/**
 * Stores a request that came by POST: a cross-site POST carries no session (`SameSite=Lax`), the GET after it does.
 * `resume`: its ID, to go on with.
 */
export async function storeAuthorization(
  client: AuthorizeClient,
  sent: Parameters,
): Promise<Outcome | { kind: 'resume'; clientId: string; id: string }> {
  const checked = await checkRequest(client.projectId, sent, null);
  if ('fault' in checked) return page(checked.fault);
  const { application, redirectUri, parameters, stored } = checked;
  if (stored) return { kind: 'resume', clientId: application.clientId, id: stored.id };
  const read = readRequest(application, redirectUri, parameters);
  if ('fault' in read) return refuse(client, checked, read.fault);
  const id = await storeRequest({ ...client, applicationId: application.id, parameters });
  return { kind: 'resume', clientId: application.clientId, id };
}

/** Steps 1 and 2: until both are proven, nothing is answered to the redirect URI (RFC 9700 §4.11). */
async function checkRequest(
  projectId: string,
  sent: Parameters,
  browserHash: string | null,
): Promise<Checked | { fault: PageFault }> {
  const application = await findApplication(projectId, parameterOf(sent, 'client_id') ?? '');
  if (!application) return { fault: 'unknown_application' };
  if (application.disabledAt !== null) return { fault: 'application_disabled' };
  const requestUri = parameterOf(sent, 'request_uri');
  const stored = requestUri?.startsWith(REQUEST_URI_PREFIX)
    ? await openStored(projectId, application, requestUri.slice(REQUEST_URI_PREFIX.length), browserHash)
    : null;
  if (stored && 'fault' in stored) return stored;
  // RFC 9126 §4: of a pushed request only what was pushed counts.
  const parameters = stored?.row.parameters ?? sent;
  const redirectUri = parameterOf(parameters, 'redirect_uri');
  if (redirectUri === undefined) return { fault: 'redirect_uri_missing' };
  if (!matchesRedirectUri(application, redirectUri)) return { fault: 'redirect_uri_unknown' };
  return { application, parameters, redirectUri, stored };
}

async function openStored(
  projectId: string,
  application: Application,
  id: string,
  browserHash: string | null,
): Promise<{ id: string; row: StoredRequest } | { fault: PageFault }> {
  const row = await findStoredRequest(projectId, id);
  if (row?.applicationId !== application.id) return { fault: 'request_expired' };
  return row.browserHash === null || row.browserHash === browserHash ? { id, row } : { fault: 'other_browser' };
}

/** Steps 4 to 7. */
async function decide(
  client: AuthorizeClient,
  browser: AuthorizeBrowser,
  checked: Checked,
  request: AuthorizationRequest,
): Promise<Outcome> {
  const { application, stored } = checked;
  const isSilent = request.prompts.includes('none');
  if (stored?.row.deniedAt) return refuse(client, checked, DENIED);
  const { proof } = browser;
  if (!proof || (await mustAuthenticate(client, request, stored?.row ?? null, proof))) {
    return isSilent ? refuse(client, checked, LOGIN_REQUIRED) : ask(client, browser, checked, request, signInPath);
  }
  // OpenID Connect Core §3.1.2.1: another person than the hint names signed in.
  if (await isOtherPerson(client, request, proof)) return refuse(client, checked, LOGIN_REQUIRED);
  const { identity } = proof;
  if (!(await mayUse(application, identity.id))) {
    return isSilent ? refuse(client, checked, NOT_ALLOWED) : ask(client, browser, checked, request, consentPath);
  }
  const { allowedBy, allowedEpoch } = stored?.row ?? {};
  const isAllowed = allowedBy === identity.id && allowedEpoch === identity.revocationEpoch;
  const granted = await findGrant({ ...client, applicationId: application.id, identityId: identity.id });
  if (!isAllowed && needsConsent(application, request, granted?.scopes ?? null)) {
    return isSilent ? refuse(client, checked, CONSENT_REQUIRED) : ask(client, browser, checked, request, consentPath);
  }
  const code = await issueCode(client, { proof, application, request, granted, stored: stored?.row ?? null });
  switch (code) {
    case 'ended':
      return page('request_expired');
    case 'signed_out':
      return isSilent ? refuse(client, checked, LOGIN_REQUIRED) : ask(client, browser, checked, request, signInPath);
    default: {
      const answer = { code: code.code, state: request.state, iss: client.origin };
      return { kind: 'answer', location: answerUrl(request.redirectUri, answer) };
    }
  }
}

const DENIED: AuthorizationFault = { error: 'access_denied', description: 'The person denied the request' };
const NOT_ALLOWED: AuthorizationFault = {
  error: 'access_denied',
  description: 'The person is not allowed to use this application',
};
const LOGIN_REQUIRED: AuthorizationFault = { error: 'login_required', description: 'The person must sign in' };
const CONSENT_REQUIRED: AuthorizationFault = {
  error: 'consent_required',
  description: 'The person must allow this application',
};

/** Sends the person to a page, and binds the request to their browser. */
async function ask(
  client: AuthorizeClient,
  browser: AuthorizeBrowser,
  { application, parameters, stored }: Checked,
  { uiLocales }: AuthorizationRequest,
  pathOf: (id: string) => string,
): Promise<Outcome> {
  const browserHash = browser.ensureHash();
  const askedAt = new Date();
  if (!stored) {
    const id = await storeRequest({ ...client, applicationId: application.id, parameters, browserHash, askedAt });
    return { kind: 'ask', path: pathOf(id), uiLocales };
  }
  const expiresAt = secondsAfter(askedAt, REQUEST_SECONDS);
  const isBound = await bindRequest(stored.row, { browserHash, askedAt, expiresAt });
  return isBound ? { kind: 'ask', path: pathOf(stored.id), uiLocales } : page('request_expired');
}

function page(fault: PageFault): Outcome {
  meterRefusal(fault);
  return { kind: 'page', fault };
}

/** RFC 6749 §4.1.2.1. A stored request ends with its answer. */
async function refuse(
  client: AuthorizeClient,
  { redirectUri, parameters, stored }: Checked,
  { error, description }: AuthorizationFault,
): Promise<Outcome> {
  meterRefusal(error);
  if (stored && !(await spendRequest(stored.row))) return page('request_expired');
  const state = parameterOf(parameters, 'state') ?? null;
  const answer = { error, error_description: description, state, iss: client.origin };
  return { kind: 'answer', location: answerUrl(redirectUri, answer) };
}
