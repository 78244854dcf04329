import { recoveryCodeResponse, recoveryLinkResponse } from '@/lib/verification/contract';
import { IDENTITY_ID } from './identities';
import { DRY_RUN, type RouteRows } from './route';

const asked = { identity_id: IDENTITY_ID.example, expires_in: '1h' };
const expires = '2026-01-31T10:30:00.000Z';
const refusals = {
  400: 'The request is malformed, or the identity is inactive or has no identifier to sign in with.',
  404: 'Identity not found.',
} as const;

export const recoveryRoutes = {
  'POST /admin/recovery/link': {
    scope: 'recovery:write',
    dryRun: DRY_RUN,
    id: 'createRecoveryLinkForIdentity',
    tag: 'recovery',
    summary: 'Create a recovery link',
    description: 'Single use, and returned only in this response. The person is notified by mail, without the link.',
    examples: { hour: { summary: 'Valid for one hour', value: asked } },
    answers: {
      200: {
        description: 'The recovery link.',
        body: recoveryLinkResponse,
        example: { recovery_link: 'https://id.example.com/login/link?token', expires_at: expires },
      },
    },
    refusals,
  },
  'POST /admin/recovery/code': {
    scope: 'recovery:write',
    dryRun: DRY_RUN,
    id: 'createRecoveryCodeForIdentity',
    tag: 'recovery',
    summary: 'Create a recovery code',
    description:
      'Single use, and returned only in this response. The person is notified by mail, without the code. It has 24 letters and digits and is entered at `recovery_link`; case and dashes are ignored.',
    examples: { hour: { summary: 'Valid for one hour', value: asked } },
    answers: {
      201: {
        description: 'The recovery code, and the page to enter it.',
        body: recoveryCodeResponse,
        example: {
          recovery_link: 'https://id.example.com/login/recovery',
          recovery_code: '7K3M-9QXW-2HDT-V5RB-H8CE-0ZYP',
          expires_at: expires,
        },
      },
    },
    refusals,
  },
} satisfies RouteRows;
