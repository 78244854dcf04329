import { recoveryCodeResponse, recoveryLinkResponse } from '@/lib/verification/contract';
import type { AdminOperations } from '../operation';
import { IDENTITY_ID } from './identities';

const asked = { identity_id: IDENTITY_ID.example, expires_in: '1h' };
const expires = '2026-01-31T10:30:00.000Z';
const refusals = {
  400: 'The request is malformed, or nobody can sign in as this identity: it is inactive or has no identifier.',
  403: 'The access token lacks the scope, or the identity holds an operator role and no token may touch it.',
  404: 'There is no such identity.',
} as const;

export const recoveryOperations: AdminOperations = {
  'POST /admin/recovery/link': {
    id: 'createRecoveryLinkForIdentity',
    tag: 'recovery',
    summary: 'Make a recovery link',
    description:
      'It stands in this answer and nowhere else; a mail tells the person that it was made, without it. It works once.',
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
    summary: 'Make a recovery code',
    description:
      'It stands in this answer and nowhere else; a mail tells the person that it was made, without it. It has 24 letters and digits, works once, and is typed on the page of the link in any case, with or without the dashes.',
    examples: { hour: { summary: 'For an hour', value: asked } },
    answers: {
      201: {
        description: 'The code, and the page where it is typed.',
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
