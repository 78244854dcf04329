import { jobPreviewResponse } from '@/lib/bulk/contract';
import { jobResponse } from '@/lib/job/contract';
import { IDENTITY_ID } from './identities';
import { KEYSET } from './paging';
import type { ParameterNote, RouteRows } from './route';

const JOB_ID: ParameterNote = { description: 'ID of the job.', example: '019aa1f8-31b0-7e0a-8c44-2f1d7b6a5c90' };

const example = {
  id: '019aa1f8-31b0-7e0a-8c44-2f1d7b6a5c90',
  kind: 'deactivate',
  state: 'running',
  actor: { type: 'api_credential', id: 'sc_4f2a' },
  total: 1284,
  done: 512,
  unchanged: 12,
  left_out: { operator: 3 },
  left_out_identities: [{ id: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77', reason: 'operator' }],
  result: { ended_sessions: 87 },
  created_at: '2026-01-31T09:30:00.000Z',
  finished_at: null,
  undo: { possible: false, reason: 'unfinished' },
  undoes: null,
};

const preview = {
  dry_run: true,
  matched: 1284,
  affected: 1264,
  unchanged: 12,
  left_out: { operator: 3, invalid: 5 },
  ends: { sessions: 0, passkeys: 0 },
  faults: [{ fault: '/traits/plan: must be equal to one of the allowed values', count: 5 }],
  invalid: [{ id: IDENTITY_ID.example, fault: '/traits/plan: must be equal to one of the allowed values' }],
  samples: [{ id: JOB_ID.example, changes: [{ pointer: '/traits/plan', before: 'free', after: 'pro' }] }],
};

export const jobRoutes = {
  'GET /admin/jobs': {
    scope: 'jobs:read',
    id: 'listJobs',
    tag: 'jobs',
    summary: 'List jobs of the project',
    description: 'Newest first. Unknown query parameters return 400.',
    parameters: {
      ...KEYSET,
      kind: { description: 'Filter by kind.', example: 'deactivate' },
      state: { description: 'Filter by state; repeatable.', example: ['running'] },
    },
    answers: {
      200: { description: 'A page of jobs.', body: jobResponse.array(), headers: ['Link'], example: [example] },
    },
  },
  'POST /admin/jobs': {
    scope: 'jobs:write',
    id: 'startJob',
    tag: 'jobs',
    dryRun: { body: jobPreviewResponse, example: preview },
    summary: 'Start a job',
    description:
      'Changes many identities in the background, one at a time, each by the rules of a single change. Needs `identities:write` too, or `sessions:write` for `sign_out`. Operators are left out, and so are identities that would become invalid or lose what they sign in with. The job ends when the API credential is revoked or loses a scope.',
    examples: {
      filter: {
        summary: 'Set a trait for all that match',
        value: {
          action: 'set_field',
          pointer: '/traits/plan',
          value: 'pro',
          filter: { q: 'example.com', state: 'active' },
        },
      },
      ids: {
        summary: 'Deactivate two identities',
        value: { action: 'deactivate', ids: [IDENTITY_ID.example, JOB_ID.example] },
      },
    },
    answers: { 202: { description: 'The job.', body: jobResponse, headers: ['Location'], example } },
    refusals: { 429: 'Ten jobs of the project are unfinished.' },
  },
  'GET /admin/jobs/{id}': {
    scope: 'jobs:read',
    id: 'getJob',
    tag: 'jobs',
    summary: 'Get a job',
    description: 'Progress, result, and whether it can be undone.',
    parameters: { id: JOB_ID },
    answers: { 200: { description: 'The job.', body: jobResponse, example } },
  },
  'POST /admin/jobs/{id}/stop': {
    scope: 'jobs:write',
    dryRun: { refused: 'It changes no identity, and what the job has done stays done.' },
    id: 'stopJob',
    tag: 'jobs',
    summary: 'Stop a job',
    description: 'Ends it before its next identity; what it did remains. Does nothing once it has ended.',
    parameters: { id: JOB_ID },
    answers: { 200: { description: 'The job.', body: jobResponse, example } },
  },
  'POST /admin/jobs/{id}/undo': {
    scope: 'jobs:write',
    id: 'undoJob',
    tag: 'jobs',
    dryRun: { refused: 'Each change is checked when the job undoes it.' },
    summary: 'Undo a job',
    description:
      'Starts a job that undoes every change of this one, newest first. A field that was changed since keeps its value, and its identity is listed as left out. Needs `identities:write` too. If the job is undone already, returns the job that undoes it. The undo is a job that can be undone.',
    parameters: { id: JOB_ID },
    answers: {
      202: {
        description: 'The job that undoes it.',
        body: jobResponse,
        headers: ['Location'],
        example: { ...example, kind: 'undo', state: 'queued', undoes: JOB_ID.example },
      },
    },
    refusals: {
      409: 'The job is unfinished, changed nothing, or did what cannot be undone.',
      429: 'Ten undo jobs of the project are unfinished.',
    },
  },
} satisfies RouteRows;
