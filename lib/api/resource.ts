import { AppError } from '@/lib/platform/errors';
import { isStorableText } from '@/lib/platform/text';
import { type Answer, type AnswerHeaders, toResponse } from '../http/answer';
import { contextOf } from '../http/context';
import { problemAnswer } from '../http/problem';
import type { ApiRequest } from '../http/request';
import type { Handler, Serve } from './handle';
import { allowOf, type MethodOf, type MountedRouteName, type TemplateOf } from './routes';
import type { Method } from './routes/route';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type HttpMethod = (typeof METHODS)[number];
/** For a route without path parameters, Next passes no parameters at all. */
type NextHandler = (
  request: ApiRequest,
  extra: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>;

/** A route file as the front server uses it: a handler per method. */
export type RouteFile = Readonly<Record<string, { handler: Serve }>>;

export type MountedHandler = Serve & Pick<Handler, 'declared'>;

/** The exports of a route file. Each knows its template, and its handler without Next's part. */
export type Resource<Template extends string> = Record<
  HttpMethod,
  NextHandler & { template: Template; handler: MountedHandler }
>;
export type MountedTemplate = TemplateOf<MountedRouteName>;
type Refuse = (requestId: string, headers: AnswerHeaders) => Answer;
/** Answers a CORS preflight, or null where OPTIONS is none. */
type Preflight = (request: ApiRequest) => Promise<Answer | null>;

type Handlers = Partial<Record<Method, Handler>>;
type TemplateIn<Given extends Handlers> = {
  [M in keyof Given]: Given[M] extends Handler<infer Name extends MountedRouteName> ? TemplateOf<Name> : never;
}[keyof Given];
/** A handler for each row, and no others. */
type Complete<Given extends Handlers, Template extends string = TemplateIn<Given>> = {
  [M in MethodOf<Template> | keyof Given]: Handler<`${M & Method} ${Template}`>;
};

/**
 * The exports of a route file: a handler for each method that the table of routes has for the template, no more and no
 * fewer. HEAD is GET without its body; every other method is 405 with `Allow` (RFC 9110 §15.5.6), shaped by `refuse`
 * (OAuth endpoints have their own). `preflight` comes first for OPTIONS.
 */
export function resource<Given extends Handlers>(
  handlers: Given & Complete<Given>,
  refuse?: Refuse,
  preflight?: Preflight,
): Resource<TemplateIn<Given>> {
  const [template = ''] = Object.values<Handler>(handlers).map(({ route }) => route.split(' ')[1]);
  return respondTo(template as TemplateIn<Given>, allowOf(template), handlers, refuse, preflight);
}

/** The same for a GET route outside the table, such as images in pages. */
export function pageResource(get: Serve): Resource<''> {
  return respondTo('', 'GET, HEAD', { GET: get });
}

/** The same for a POST route outside the table, which scripts of pages call. */
export function postResource(post: Serve): Resource<''> {
  return respondTo('', 'POST', { POST: post });
}

function respondTo<Template extends string>(
  template: Template,
  allow: string,
  handlers: Partial<Record<string, MountedHandler>>,
  refuse: Refuse = refuseMethod,
  preflight?: Preflight,
): Resource<Template> {
  const refuseAll: Serve = async (request) =>
    (request.method === 'OPTIONS' && (await preflight?.(request))) || refuse(contextOf(request).requestId, { allow });
  const entries = METHODS.map((method) => {
    const serve = handlers[method === 'HEAD' ? 'GET' : method];
    const handler = withStorableNames(serve ?? refuseAll);
    const respond: NextHandler = async (request, extra) => {
      const given = await handler(request, (await extra.params) ?? {});
      return toResponse(method === 'HEAD' && serve ? { ...given, body: null } : given);
    };
    return [method, Object.assign(respond, { template, handler })];
  });
  return Object.fromEntries(entries) as Resource<Template>;
}

/** A path parameter that cannot be stored identifies nothing: 404. */
function withStorableNames(handler: MountedHandler): MountedHandler {
  const checked: Serve = (request, params) =>
    Object.values(params).every(isStorableText)
      ? handler(request, params)
      : Promise.resolve(problemAnswer(new AppError('not_found'), contextOf(request).requestId));
  return Object.assign(checked, { declared: handler.declared });
}

function refuseMethod(requestId: string, headers: AnswerHeaders): Answer {
  return problemAnswer(new AppError('method_not_allowed'), requestId, headers);
}
