/** The URL a GET form leads to, without its empty fields. */
export function queryHref(action: string, fields: Iterable<[string, FormDataEntryValue]>): string {
  const [path = '', existing] = action.split('?');
  const query = new URLSearchParams(existing);
  for (const name of new Set([...fields].map(([field]) => field))) query.delete(name);
  for (const [name, value] of fields) {
    const text = typeof value === 'string' ? value.trim() : '';
    if (text !== '') query.append(name, text);
  }
  const written = query.toString();
  return written === '' ? path : `${path}?${written}`;
}
