import { z } from 'zod';
import type { RouteRows } from './route';

const healthy = z.object({ status: z.literal('ok') }).meta({ id: 'HealthStatus' });
const unhealthy = z
  .object({ status: z.literal('unavailable'), reason: z.enum(['stopping', 'not set up', 'database']) })
  .meta({ id: 'HealthNotReadyStatus' });

/** Health and metrics, which the front server answers itself on every host, and the OpenAPI document. */
export const operationRoutes = {
  'GET /health/alive': {
    access: 'operations',
    id: 'isAlive',
    tag: 'operation',
    summary: 'Liveness probe',
    answers: { 200: { description: 'Alive.', body: healthy, example: { status: 'ok' } } },
  },
  'GET /health/ready': {
    access: 'operations',
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
    access: 'public',
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
  'GET /metrics': {
    access: 'operations',
    undocumented: 'Prometheus text for the installation, not for clients of a project.',
  },
} satisfies RouteRows;
