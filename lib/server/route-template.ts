import { publicPath, ROUTE_LIST } from '@/lib/api/routes';

/**
 * The label of a path, without parameter values: `/admin/identities/{id}`. Routes are labelled by the table, pages by
 * their first segment; any other path is `unmatched`, so that clients cannot invent labels.
 */
export function routeTemplate(path: string, known = matchRoute(path)): string {
  if (known) return known.template;
  const name = publicName(path);
  return pageOf(name)?.concat('/*') ?? (name === '/' ? '/' : 'unmatched');
}

/** A matched route with its parameters, still percent-encoded. */
export type RouteMatch = { template: string; params: ReadonlyArray<readonly [name: string, value: string]> };

/** The route of a path, public or under `/api`. A literal segment takes precedence over a parameter. */
export function matchRoute(path: string): RouteMatch | null {
  const name = publicName(path);
  const literal = LITERAL.get(name);
  if (literal) return literal;
  const values = name.split('/');
  const found = PARAMETRIC.get(values.length)?.find(({ names }) =>
    names.every((part, at) => part === values[at] || (isParameter(part) && values[at] !== '')),
  );
  if (!found) return null;
  const { template, parameters } = found;
  return { template, params: parameters.map(({ name: parameter, at }) => [parameter, values[at] ?? ''] as const) };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The path for the log. A parameter, or any part of an unknown path, may be an email address: of parameters only UUIDs
 * are logged, of unknown paths only the first segment, if it is known.
 */
export function loggedPath(path: string, known = matchRoute(path)): string {
  if (!known) {
    const page = pageOf(path);
    if (page !== undefined || path === '/') return path.slice(0, 200);
    const first = path.split('/', 2)[1] ?? '';
    return FIRST_NAMES.has(first) ? `/${first}/…` : '/…';
  }
  const { template, params } = known;
  const prefix = path.startsWith('/api/') ? '/api' : '';
  return params.reduce(
    (text, [name, value]) => text.replace(`{${name}}`, name !== 'externalId' && UUID.test(value) ? value : '…'),
    prefix + template,
  );
}

function publicName(path: string): string {
  const name = publicPath(path);
  return name.length > 1 && name.endsWith('/') ? name.slice(0, -1) : name;
}

function isParameter(part: string): boolean {
  return part.startsWith('{');
}

function pageOf(name: string): string | undefined {
  return PAGES.find((page) => name === page || name.startsWith(`${page}/`));
}

const TEMPLATES = [...new Set(ROUTE_LIST.map(({ template }) => template))].sort(
  (a, b) => a.split('{').length - b.split('{').length,
);
type Parametric = { template: string; names: string[]; parameters: Array<{ name: string; at: number }> };
const LITERAL = new Map<string, RouteMatch>(
  TEMPLATES.filter((template) => !template.includes('{')).map((template) => [template, { template, params: [] }]),
);
/** By their number of segments. */
const PARAMETRIC = new Map<number, Parametric[]>();
for (const template of TEMPLATES.filter((each) => each.includes('{'))) {
  const names = template.split('/');
  const parameters = names.flatMap((part, at) => (isParameter(part) ? [{ name: part.slice(1, -1), at }] : []));
  PARAMETRIC.set(names.length, [...(PARAMETRIC.get(names.length) ?? []), { template, names, parameters }]);
}

const PAGES = ['/login', '/profile', '/console', '/setup', '/add', '/docs', '/auth', '/branding', '/_next'];
const FIRST_NAMES = new Set(['api', ...ROUTE_LIST.map(({ template }) => template.split('/')[1] ?? '')]);
