/**
 * What a handler for programs returns: plain data, because a Web `Response` costs more than the rest of a small answer.
 * The front server sends it as it is; `toResponse` makes a `Response` for Next.
 */
export type Answer = {
  status: number;
  headers: AnswerHeaders;
  body: AnswerBody;
  /** Values of `Set-Cookie`. */
  cookies?: readonly string[];
};
/** Names in lower case. */
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
