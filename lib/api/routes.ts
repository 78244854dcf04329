import { applicationRoutes } from './routes/applications';
import { auditRoutes } from './routes/audit';
import { credentialRoutes } from './routes/credentials';
import { exportRoutes } from './routes/export';
import { grantRoutes } from './routes/grants';
import { groupRoutes } from './routes/groups';
import { identityRoutes } from './routes/identities';
import { importRoutes } from './routes/imports';
import { jobRoutes } from './routes/jobs';
import { discoveryRoutes, oauth2Routes } from './routes/oauth2';
import { operationRoutes } from './routes/operations';
import { pictureRoutes } from './routes/pictures';
import { recoveryRoutes } from './routes/recovery';
import { METHODS, type Method, type RouteRow } from './routes/route';
import { schemaRoutes, schemaWriteRoutes } from './routes/schemas';
import { sessionRoutes } from './routes/sessions';
import { webhookRoutes } from './routes/webhooks';

/**
 * The table of routes for programs: method, public template, who may call, texts. Handlers read their scope from it,
 * and so do the OpenAPI document, the front server (public names), metrics and log (labels) and `Allow`. It imports no
 * handler: app/api/routes.ts adds them.
 */
export const ROUTES = {
  ...exportRoutes,
  ...identityRoutes,
  ...sessionRoutes,
  ...grantRoutes,
  ...credentialRoutes,
  ...recoveryRoutes,
  ...importRoutes,
  ...auditRoutes,
  ...jobRoutes,
  ...applicationRoutes,
  ...groupRoutes,
  ...webhookRoutes,
  ...schemaWriteRoutes,
  ...schemaRoutes,
  ...pictureRoutes,
  ...oauth2Routes,
  ...discoveryRoutes,
  ...operationRoutes,
};

type Table = typeof ROUTES;
export type RouteName = keyof Table;
type RoutesWith<Access> = { [Name in RouteName]: Table[Name] extends Access ? Name : never }[RouteName];
/** Routes that need an access token. */
export type ScopedRoute = RoutesWith<{ scope: string }>;
export type PublicRoute = RoutesWith<{ access: 'public' }>;
export type ClientRoute = RoutesWith<{ access: 'client' }>;
export type TokenRoute = RoutesWith<{ access: 'token' }>;
/** Routes for a person's browser. */
export type PersonRoute = RoutesWith<{ access: 'person' }>;
/** Routes that the front server answers itself. */
export type OperationsRoute = RoutesWith<{ access: 'operations' }>;
/** Routes that a file of app/api serves. */
export type MountedRouteName = Exclude<RouteName, OperationsRoute>;

export type TemplateOf<Name extends RouteName> = Name extends `${string} ${infer Template}` ? Template : never;
/** The methods that the table has for a template. */
export type MethodOf<Template extends string> = {
  [M in Method]: `${M} ${Template}` extends RouteName ? M : never;
}[Method];

export type Route = { name: string; method: Method; template: string; row: RouteRow };

/** The table as a list, in its order. */
export const ROUTE_LIST: readonly Route[] = Object.entries<RouteRow>(ROUTES).flatMap(([name, row]) => {
  const [word, template = ''] = name.split(' ');
  return METHODS.filter((method) => method === word).map((method) => ({ name, method, template, row }));
});

/** The public name of a path: every route is also served below `/api`. */
export function publicPath(path: string): string {
  return path.startsWith('/api/') ? path.slice(4) : path;
}

export function methodsOf(template: string): Method[] {
  return ROUTE_LIST.filter((route) => route.template === template).map(({ method }) => method);
}

/** `Allow` for a template (RFC 9110 §10.2.1): its methods, and HEAD where it has GET. */
export function allowOf(template: string): string {
  const methods = methodsOf(template);
  return METHODS.filter((method) => methods.includes(method))
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ');
}
