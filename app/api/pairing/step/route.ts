import { z } from 'zod';
import { findOwnStep, findRequestedStep } from '@/lib/pairing/service';
import { browserHashOf } from '@/lib/web/browser-cookies';
import { readProof } from '@/lib/web/proof';
import { sessionCookieName } from '@/lib/web/session-cookie';
import { scriptRoute } from '../../script-route';

const input = z.strictObject({ side: z.enum(['own', 'other']) });

/**
 * A pairing and its step, for a page that waits: of this browser's session (`own`), or of what this browser has asked
 * for. Null without one.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = scriptRoute({ input }, async (browser, { side }) => {
  const { context, jar } = browser;
  if (side === 'other') return { pairing: await findRequestedStep(context.projectId, browserHashOf(browser)) };
  const proof = await readProof(context, jar.get(sessionCookieName(context))?.value);
  return { pairing: proof && (await findOwnStep(proof)) };
});
