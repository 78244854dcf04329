import { jobResponse } from '@/lib/job/contract';
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
} satisfies RouteRows;
