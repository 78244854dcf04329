import { recoveryCodeResponse, recoveryLinkResponse } from '@/lib/verification/contract';
import { IDENTITY_ID } from './identities';
import type { AdminOperations } from './route';

const asked = { identity_id: IDENTITY_ID.example, expires_in: '1h' };
const expires = '2026-01-31T10:30:00.000Z';
const refusals = {
  400: 'The request is malformed, or no one can sign in as this identity: it is inactive or has no identifier.',
  403: 'The access token lacks the scope, or the identity holds an operator role and no token may touch it.',
  404: 'There is no such identity.',
} as const;

export const recoveryOperations: AdminOperations = {
  'POST /admin/recovery/link': {
    id: 'createRecoveryLinkForIdentity',
    tag: 'recovery',
    summary: 'Create a recovery link',
    description:
      'Single use. Returned in this response only; a mail tells the person that it was created, without the link.',
    examples: { hour: { summary: 'For an hour', value: asked } },
    answers: {
      200: {
        description: 'The link.',
        body: recoveryLinkResponse,
        example: { recovery_link: 'https://id.example.com/login/link?token', expires_at: expires },
      },
    },
    refusals,
  },
  'POST /admin/recovery/code': {
    id: 'createRecoveryCodeForIdentity',
    tag: 'recovery',
    summary: 'Create a recovery code',
    description:
      'Single use. Returned in this response only; a mail tells the person that it was created, without the code. It has 24 letters and digits and is entered at `recovery_link`; case and dashes do not matter.',
    examples: { hour: { summary: 'For an hour', value: asked } },
    answers: {
      201: {
        description: 'The code, and the page to enter it.',
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
};
