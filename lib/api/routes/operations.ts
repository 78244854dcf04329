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
    summary: 'Liveness probe',
    answers: { 200: { description: 'Alive.', body: healthy, example: { status: 'ok' } } },
  },
  'GET /health/ready': {
    id: 'isReady',
    tag: 'operation',
    summary: 'Readiness probe',
    answers: {
      200: { description: 'Ready.', body: healthy, example: { status: 'ok' } },
      503: {
        description: 'The database is unavailable, or the server is shutting down or not yet set up.',
        body: unhealthy,
        example: { status: 'unavailable', reason: 'database' },
      },
    },
  },
  'GET /openapi.json': {
    id: 'getOpenApiDocument',
    tag: 'operation',
    summary: 'Get the OpenAPI document',
    requestHeaders: ['If-None-Match'],
    answers: {
      200: {
        description: 'The OpenAPI 3.1 document.',
        body: z.record(z.string(), z.unknown()),
        headers: ['ETag'],
        example: { openapi: '3.1.1' },
      },
      304: { description: 'Not modified.', headers: ['ETag'] },
    },
  },
};
