import { createHash, randomBytes } from 'node:crypto';
import type { Application } from '@/lib/application/model';
import { createApplication, type NewApplication } from '@/lib/application/service';
import type { AuthorizationRequest } from '@/lib/grant/model';
import { redeemCode } from '@/lib/grant/service';
import { issueCode } from '@/lib/grant/service/issue-code';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { cliActor } from '../lib/platform/actor';
import { ADDRESS } from './people';

/** Applications and what they obtain, without HTTP; testing/relying-party.ts has them with it. */
export const REDIRECT_URI = 'https://wiki.example.com/callback?tenant=1';
export const VERIFIER = randomBytes(32).toString('base64url');
export const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

export type Party = { application: Application; secret: string | null };

/** A registered application. */
export async function registerParty(project: Project, changes: Partial<NewApplication> = {}): Promise<Party> {
  const input = { name: 'Wiki', redirectUris: [REDIRECT_URI], consent: 'skip' as const, ...changes };
  const { application, clientSecret } = await createApplication(cliActor(project.id), input);
  return { application, secret: clientSecret };
}

/** A request as the endpoint has checked it. */
export function requestIn({ redirectUris }: Application): AuthorizationRequest {
  return {
    ...{ redirectUri: redirectUris[0] ?? '', state: null, nonce: null, scopes: ['openid'], audiences: [] },
    ...{ challenge: challengeOf(VERIFIER), prompts: [], maxAgeSeconds: null, loginHint: null, uiLocales: [] },
    idTokenHint: null,
  };
}

/** Signs the person in at an application, as its code and refresh token do. */
export async function signInAt(
  proof: SessionProof,
  application: Application,
  scopes: AuthorizationRequest['scopes'] = ['openid', 'offline_access'],
) {
  const { id: projectId, origin } = proof.project;
  const client = { projectId, origin, requestId: 'request-1', address: ADDRESS };
  const request = { ...requestIn(application), scopes };
  const issued = await issueCode(client, { proof, application, request, granted: null, stored: null });
  if (typeof issued === 'string') throw new Error(issued);
  const sent = { code: issued.code, redirectUri: request.redirectUri, verifier: VERIFIER };
  const tokens = await redeemCode(client, application, sent);
  if (!tokens) throw new Error('no tokens');
  return tokens;
}
