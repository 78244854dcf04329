import { z } from 'zod';
import { identityResponse, toIdentityResponse, withoutPersonalData } from '@/lib/identity/contract';
import type { Session, SessionMethod, SessionWithState } from './model';

const authenticationMethod = z
  .object({
    method: z.enum(['code', 'passkey', 'link_recovery']),
    aal: z.literal('aal1'),
    completed_at: z.iso.datetime(),
  })
  .meta({ id: 'SessionAuthenticationMethod' });

export const sessionResponse = z
  .object({
    id: z.uuid(),
    active: z.boolean(),
    expires_at: z.iso.datetime(),
    authenticated_at: z.iso.datetime(),
    authenticator_assurance_level: z.literal('aal1'),
    authentication_methods: z.array(authenticationMethod),
    issued_at: z.iso.datetime(),
    identity: identityResponse.meta({
      id: 'SessionIdentity',
      description: 'Without traits, addresses, metadata and external ID unless the token has `identities:read`.',
    }),
    devices: z.array(
      z.object({ id: z.uuid(), ip_address: z.string(), user_agent: z.string() }).meta({ id: 'SessionDevice' }),
    ),
  })
  .meta({ id: 'Session', description: 'A sign-in session, active or ended.' });

/** Kratos' values, the only ones its typed clients accept: a mailed link counts as a code, setup as a passkey. */
const METHODS: Record<SessionMethod, z.output<typeof authenticationMethod>['method']> = {
  code: 'code',
  link: 'code',
  passkey: 'passkey',
  setup: 'passkey',
  recovery: 'link_recovery',
};

/**
 * A session in Kratos' shape. `origin` is the project's primary origin. The identity's ID is always included, its
 * personal data only with `withPerson`.
 */
export function toSessionResponse(
  { session, identity, isLive }: SessionWithState,
  origin: string,
  { withPerson }: { withPerson: boolean },
): z.output<typeof sessionResponse> {
  return {
    id: session.id,
    active: isLive,
    expires_at: session.expiresAt.toISOString(),
    authenticated_at: session.authenticatedAt.toISOString(),
    authenticator_assurance_level: 'aal1',
    authentication_methods: [toMethod(session)],
    issued_at: session.createdAt.toISOString(),
    identity: toIdentityResponse(withPerson ? identity : withoutPersonalData(identity), origin),
    devices: [toDevice(session)],
  };
}

function toMethod({ method, authenticatedAt }: Session): z.output<typeof authenticationMethod> {
  return { method: METHODS[method], aal: 'aal1', completed_at: authenticatedAt.toISOString() };
}

/** The device of the last use. A session belongs to one browser, so its ID also identifies the device. */
function toDevice({ id, address, userAgent }: Session) {
  return { id, ip_address: address, user_agent: userAgent };
}
