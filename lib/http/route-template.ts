import { OPERATIONS } from './openapi/operations/all';

/**
 * The name of a route without what stands in its place: `/admin/identities/{id}`. From the API's document, and for pages from
 * where they lie; whatever nobody serves is `unmatched`, so that nobody outside can invent names.
 */
export function routeTemplate(path: string): string {
  const name = path.replace(/^\/api(?=\/)/, '').replace(/(?<=.)\/$/, '');
  const known = TEMPLATES.find(({ pattern }) => pattern.test(name));
  if (known) return known.template;
  return (
    PAGES.find((page) => name === page || name.startsWith(`${page}/`))?.concat('/*') ??
    (name === '/' ? '/' : 'unmatched')
  );
}

const TEMPLATES = [...new Set([...Object.keys(OPERATIONS).map((key) => key.split(' ')[1] ?? ''), '/metrics'])]
  // A fixed name is meant before one with a placeholder.
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));

const PAGES = ['/login', '/profile', '/console', '/setup', '/docs', '/auth', '/branding', '/_next'];
