const MIN_SLUG_LENGTH = 2;
const MAX_SLUG_LENGTH = 40;

/** Names with another meaning in a URL, or that imitate the product. */
const RESERVED_SLUGS = new Set(
  `admin api app auth branding console docs health localhost login logout mail metrics new null oauth2 profile root schemas
  settings setup signup static status support system undefined www`.split(/\s+/),
);

/** The fault of a slug, or null. Two slugs joined by `-` make the console's paths. */
export function slugFault(slug: string): 'format' | 'reserved' | null {
  const isKebab = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug);
  if (!isKebab || slug.length < MIN_SLUG_LENGTH || slug.length > MAX_SLUG_LENGTH) return 'format';
  return RESERVED_SLUGS.has(slug) ? 'reserved' : null;
}

/** Suggests a slug for a name: "Acme, Inc." → `acme-inc`. May be empty. */
export function toSlug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, MAX_SLUG_LENGTH).replaceAll(/^-+|-+$/g, '');
}
