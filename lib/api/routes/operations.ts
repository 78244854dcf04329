import { z } from 'zod';
import type { Operations } from './route';

const healthy = z.object({ status: z.literal('ok') }).meta({ id: 'HealthStatus' });
const unhealthy = z
  .object({ status: z.literal('unavailable'), reason: z.enum(['stopping', 'not set up', 'database']) })
  .meta({ id: 'HealthNotReadyStatus' });

/** What the front server answers itself, on any host, and this document. */
export const operationOperations: Operations = {
  'GET /health/alive': {
    id: 'isAlive',
    tag: 'operation',
    summary: 'Ask whether the process runs',
    answers: { 200: { description: 'It runs.', body: healthy, example: { status: 'ok' } } },
  },
  'GET /health/ready': {
    id: 'isReady',
    tag: 'operation',
    summary: 'Ask whether requests will be served',
    answers: {
      200: { description: 'They will.', body: healthy, example: { status: 'ok' } },
      503: {
        description: 'The database does not answer, or the server is about to stop.',
        body: unhealthy,
        example: { status: 'unavailable', reason: 'database' },
      },
    },
  },
  'GET /openapi.json': {
    id: 'getOpenApiDocument',
    tag: 'operation',
    summary: 'Get this document',
    requestHeaders: ['If-None-Match'],
    answers: {
      200: {
        description: 'An OpenAPI 3.1 document.',
        body: z.record(z.string(), z.unknown()),
        headers: ['ETag'],
        example: { openapi: '3.1.1' },
      },
      304: { description: 'It is still the version that is known.', headers: ['ETag'] },
    },
  },
};
