import { z } from 'zod';
import { changeResponse, toChangesResponse } from '@/lib/audit/contract';
import { AUDIT_EVENT_TYPES } from '@/lib/audit/model';
import { HELD_KINDS } from '@/lib/identity/model/held';
import type { Preview } from './model';

const DESCRIPTIONS: Record<(typeof HELD_KINDS)[number], string> = {
  sessions: 'Sessions.',
  passkeys: 'Passkeys.',
  recovery_codes: 'Unused recovery codes of people.',
  codes: 'Unanswered codes, each with its link; also recoveries issued by an administrator.',
  links: 'Unused links without a code.',
  ceremonies: 'WebAuthn ceremonies in progress, and requests to add a passkey on another device.',
  addresses: 'Email addresses.',
};

const counts = Object.fromEntries(
  HELD_KINDS.map((kind) => [kind, z.int().min(0).meta({ description: DESCRIPTIONS[kind] })]),
) as Record<(typeof HELD_KINDS)[number], z.ZodInt>;

/** The response to `dry_run=true`. */
export const previewResponse = z
  .object({
    dry_run: z.literal(true),
    changes: z
      .array(
        z.object({
          type: z.enum(AUDIT_EVENT_TYPES).meta({ description: 'Type of the audit event that the change records.' }),
          identity_id: z.string().nullable().meta({ description: 'Null for an identity that would be created.' }),
          changes: changeResponse.array(),
        }),
      )
      .meta({ description: 'What would change. Fields of an identity are listed only with `identities:read`.' }),
    ends: z.object(counts).meta({ description: 'How much would end or be deleted.' }),
  })
  .meta({ id: 'Preview', description: 'What a call would do. Nothing is written.' });

/** `canRead`: whether the caller may read identities. */
export function toPreviewResponse({ events, ends }: Preview, canRead: boolean): z.output<typeof previewResponse> {
  return {
    dry_run: true,
    changes: events.map(({ type, identityId = null, details = {} }) => ({
      type,
      identity_id: type === 'identity.created' ? null : identityId,
      changes: canRead || !type.startsWith('identity.') ? toChangesResponse(type, details) : [],
    })),
    ends,
  };
}
