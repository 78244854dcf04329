import { GRANTABLE_SCOPES, PRESETS, type Preset } from '@/lib/api-credential/model';
import { createApiCredential } from '@/lib/api-credential/service';
import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import type { Scope } from '@/lib/token/model';
import { issueAccessToken } from '@/lib/token/service';
import { expectDocumented } from './documented';

/** An API client that calls handlers as the front server does: context, bearer token, Web requests. */
type NextHandler = (
  request: Request,
  extra: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>;
export type Handlers = Partial<Record<string, NextHandler>>;
export type Call = {
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  /** Sent unchanged, instead of `body` as JSON. */
  rawBody?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  /** null: no Authorization header. */
  token?: string | null;
};

export async function adminApi(path: string, handlers: Handlers, origin = 'http://localhost:3000') {
  const project = await ensureFirstProject(origin);
  const token = await accessToken(project, ['openid']);
  const call = (method: string, options: Call = {}) =>
    callHandler(project, path, handlers, method, { token, ...options });
  return { project, token, call, actor: cliActor(project.id) };
}

export async function accessToken(project: Project, scopes: Scope[], preset: Preset = 'full'): Promise<string> {
  const { credential } = await createApiCredential(cliActor(project.id), {
    name: 'Test',
    // Also those that a preset leaves to be named.
    scopes: [...(preset === 'read' ? PRESETS.read : GRANTABLE_SCOPES)],
    authMethod: 'client_secret_basic',
    audiences: [`${project.origin}/admin`],
    expiresAt: null,
  });
  const audiences = [`${project.origin}/admin`];
  const issued = await issueAccessToken({ projectId: project.id, origin: project.origin }, credential, {
    scopes,
    audiences,
  });
  return issued.accessToken;
}

/** Like `call` of `adminApi`, on any project's host. Each response is checked against the OpenAPI document. */
export async function callHandler(
  project: Project,
  path: string,
  handlers: Handlers,
  method: string,
  options: Call,
): Promise<Response> {
  const { params = {}, query = '', body, rawBody, token } = options;
  const concrete = path.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? '');
  const url = `http://localhost:3000${concrete}${query}`;
  const context = {
    requestId: 'test-request',
    address: '192.0.2.1',
    userAgent: '',
    project,
    projectId: project.id,
    projectName: project.name,
    origin: project.origin,
    accentColor: project.accentColor,
    logoHash: project.logoHash,
    isConsoleHost: true,
  };
  const headers = new Headers({ [CONTEXT_HEADER]: keepContext(context, { method, path: new URL(url).pathname }) });
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (body !== undefined || rawBody !== undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  const payload = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const request = new Request(url, {
    method,
    headers,
    ...(payload !== undefined && { body: payload }),
  });
  const handler = handlers[method];
  if (!handler) throw new Error(`no handler for ${method}`);
  const response = await handler(request, { params: Promise.resolve(path.includes('{') ? params : undefined) });
  await expectDocumented(path, method, response);
  return response;
}
