/** Content codings, the smaller result first. */
const CODINGS = ['br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

/**
 * The smallest coding that `header` (`Accept-Encoding`) accepts, or null.
 */
export function acceptedCoding(header: string): Coding | null {
  return CODINGS.find((coding) => isAcceptedCoding(header, coding)) ?? null;
}

/** RFC 9110 §12.5.3; ignores the client's preferences among accepted codings. */
export function isAcceptedCoding(header: string, coding: string): boolean {
  return header.split(',').some((each) => {
    const [name = '', ...parameters] = each
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
