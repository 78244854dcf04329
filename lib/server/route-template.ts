import { publicPath, ROUTE_LIST } from '@/lib/api/routes';

/**
 * The label of a path, without parameter values: `/admin/identities/{id}`. Routes are labelled by the table, pages by
 * their first segment; any other path is `unmatched`, so that clients cannot invent labels.
 */
export function routeTemplate(path: string): string {
  const name = publicName(path);
  const known = findTemplate(name);
  if (known) return known.template;
  return pageOf(name)?.concat('/*') ?? (name === '/' ? '/' : 'unmatched');
}

/** Whether the path is one of the table of routes, by its public name or under `/api`. */
export function isRoutePath(path: string): boolean {
  return findTemplate(publicName(path)) !== undefined;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The path for the log. A parameter, or any part of an unknown path, may be an email address: of parameters only UUIDs
 * are logged, of unknown paths only the first segment, if it is known.
 */
export function loggedPath(path: string): string {
  const prefix = /^\/api(?=\/)/.exec(path)?.[0] ?? '';
  const known = findTemplate(publicName(path));
  if (!known) {
    const page = pageOf(path);
    if (page !== undefined || path === '/') return path.slice(0, 200);
    const first = path.split('/', 2)[1] ?? '';
    return FIRST_NAMES.has(first) ? `/${first}/…` : '/…';
  }
  const segments = publicName(path).split('/');
  const names = known.template.split('/').map((name, at) => {
    if (!name.startsWith('{')) return name;
    const value = segments[at] ?? '';
    return name !== '{externalId}' && UUID.test(value) ? value : '…';
  });
  return prefix + names.join('/');
}

function publicName(path: string): string {
  return publicPath(path).replace(/(?<=.)\/$/, '');
}

function findTemplate(name: string) {
  return TEMPLATES.find(({ pattern }) => pattern.test(name));
}

function pageOf(name: string): string | undefined {
  return PAGES.find((page) => name === page || name.startsWith(`${page}/`));
}

const TEMPLATES = [...new Set(ROUTE_LIST.map(({ template }) => template))]
  // A literal segment takes precedence over a parameter.
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));

const PAGES = ['/login', '/profile', '/console', '/setup', '/docs', '/auth', '/branding', '/_next'];
const FIRST_NAMES = new Set(['api', ...ROUTE_LIST.map(({ template }) => template.split('/')[1] ?? '')]);
