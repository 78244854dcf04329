import { z } from 'zod';
import { MAX_RECOVERY_SECONDS, MIN_RECOVERY_SECONDS } from './model';
import type { Recovery } from './service/recovery';

const SECONDS = { h: 3600, m: 60, s: 1 } as const;

/** A Go duration such as `1h`, `90m` or `1h30m`, in seconds. */
const duration = z
  .string()
  .regex(/^(?:\d{1,6}[hms]){1,3}$/, 'must be a duration such as 30m or 1h')
  .transform((text) =>
    [...text.matchAll(/(\d+)([hms])/g)].reduce(
      (sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS],
      0,
    ),
  )
  .refine(
    (seconds) => seconds >= MIN_RECOVERY_SECONDS && seconds <= MAX_RECOVERY_SECONDS,
    'must be between 1m and 24h',
  );

const recovery = { identity_id: z.string().max(100), expires_in: duration.optional() };

/** POST /admin/recovery/link, as in Kratos. */
export const recoveryLinkBody = z.strictObject(recovery).transform(toRecoveryInput);

/** POST /admin/recovery/code. Signet's codes are always for a browser. */
export const recoveryCodeBody = z
  .strictObject({ ...recovery, flow_type: z.literal('browser').optional() })
  .transform(toRecoveryInput);

export const recoveryLinkResponse = z
  .object({ recovery_link: z.url(), expires_at: z.iso.datetime() })
  .meta({ id: 'RecoveryLinkForIdentity' });

export const recoveryCodeResponse = z
  .object({ recovery_link: z.url(), recovery_code: z.string(), expires_at: z.iso.datetime() })
  .meta({ id: 'RecoveryCodeForIdentity' });

export function toRecoveryLinkResponse({ link, expiresAt }: Recovery): z.output<typeof recoveryLinkResponse> {
  return { recovery_link: link, expires_at: expiresAt.toISOString() };
}

/** As in Kratos, the link leads to the page that asks for the code, and opens nothing without it. */
export function toRecoveryCodeResponse({ code, codePage, expiresAt }: Recovery): z.output<typeof recoveryCodeResponse> {
  return { recovery_link: codePage, recovery_code: code, expires_at: expiresAt.toISOString() };
}

function toRecoveryInput(body: z.output<z.ZodObject<typeof recovery>>) {
  return {
    identityId: body.identity_id,
    ...(body.expires_in !== undefined && { lifetimeSeconds: body.expires_in }),
  };
}
