/** Whether `If-None-Match` names this version. The comparison is weak (RFC 9110 §13.1.2). */
export function isKnownEtag(request: Request, etag: string): boolean {
  const header = request.headers.get('if-none-match') ?? '';
  const known = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}
