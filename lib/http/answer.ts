/**
 * The response of an API handler as plain data, because a Web `Response` costs more than the rest of a small answer. The
 * front server sends it; `toResponse` converts it for Next.
 */
export type Answer = {
  status: number;
  headers: AnswerHeaders;
  body: AnswerBody;
  /** Values of `Set-Cookie`. */
  cookies?: readonly string[];
};
/** Lower-case names. */
export type AnswerHeaders = Record<string, string>;
type AnswerBody = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;

/** `value` as JSON. */
export function json(value: unknown, headers: AnswerHeaders = {}): Answer {
  return { status: 200, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function empty(status: number, headers: AnswerHeaders = {}): Answer {
  return { status, headers, body: null };
}

export function withHeaders(answer: Answer, headers: AnswerHeaders): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

export function toResponse({ status, headers, body, cookies = [] }: Answer): Response {
  const response = new Response(body, { status, headers });
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}
