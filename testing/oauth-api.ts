import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import type { NewApiCredential } from '@/lib/api-credential/contract';
import { createApiCredential, type WithSecret } from '@/lib/api-credential/service';
import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { expectDocumented } from './documented';

/** Clients that call an OAuth endpoint as the front server forwards their requests. */
export type Sent = {
  form?: Record<string, string> | string[][] | string | Uint8Array<ArrayBuffer>;
  authorization?: string | null;
  type?: string | null;
  query?: string;
  from?: string;
  headers?: Record<string, string>;
};

/** All possible members of a body; a test that reads a missing one fails. */
type Body = { access_token: string; scope: string; error: string; error_description: string } & Record<string, unknown>;
export type Answer = { status: number; headers: Headers; text: string; body: Body };

type NextHandler = (
  request: Request,
  extra: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>;

export const PARAMS = { params: Promise.resolve(undefined) };
export const base64 = (text: string) => Buffer.from(text).toString('base64');
export const randomAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
export const basicHeader = ({ credential, clientSecret }: WithSecret) =>
  `Basic ${base64(`${credential.clientId}:${clientSecret}`)}`;

export function makeClient(project: Project, input: Partial<NewApiCredential> = {}): Promise<WithSecret> {
  return createApiCredential(cliActor(project.id), { name: 'Test', ...input });
}

export function oauthRequest(project: Project, path: string, sent: Sent, method = 'POST'): Request {
  const { form = '', authorization = null, type, query = '', from = '192.0.2.1', headers = {} } = sent;
  const isRaw = typeof form === 'string' || form instanceof Uint8Array;
  const all = new Headers(headers);
  if (type !== null) all.set('content-type', type ?? 'application/x-www-form-urlencoded');
  if (authorization !== null) all.set('authorization', authorization);
  const context = {
    requestId: 'request-1',
    address: from,
    userAgent: '',
    project,
    projectId: project.id,
    projectName: project.name,
    origin: project.origin,
    isConsoleHost: true,
    accentColor: project.accentColor,
    logoHash: project.logoHash,
  };
  all.set(CONTEXT_HEADER, keepContext(context, { method, path: `/api${path}` }));
  const body = method === 'POST' ? (isRaw ? form : new URLSearchParams(form).toString()) : null;
  return new Request(`http://127.0.0.1:3000/api${path}${query}`, { method, headers: all, body });
}

/** Each response is checked against the OpenAPI document. */
export async function callOAuth(handler: NextHandler, request: Request): Promise<Answer> {
  const response = await handler(request, PARAMS);
  await expectDocumented(new URL(request.url).pathname, request.method, response);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : {} };
}

export function expectNeverStored({ headers }: Answer): void {
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('pragma')).toBe('no-cache');
  expect(headers.get('x-request-id')).toBe('request-1');
}

/** RFC 6749 §5.2. */
export function expectOAuthError(answer: Answer, expected: number, error: string): void {
  const { status, headers, body } = answer;
  expect({ status, error: body.error }).toEqual({ status: expected, error });
  expect(Object.keys(body)).toEqual(['error', 'error_description']);
  expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expectNeverStored(answer);
}
