import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Answer, AnswerHeaders } from '@/lib/http/answer';
import { signOutHeaders } from './sign-out';

const WITHOUT_BODY = new Set([204, 304]);

/**
 * Sends an answer with the headers of every response. Does not compress, as Next does not for route files: a compressing
 * proxy is the operator's choice.
 */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, cookies = [] }: Answer,
  base: AnswerHeaders,
): Promise<void> {
  const all: OutgoingHttpHeaders = { ...base, ...headers };
  if (cookies.length > 0) Object.assign(all, { 'set-cookie': cookies }, signOutHeaders(cookies));
  const isHead = request.method === 'HEAD';
  if (body instanceof ReadableStream) {
    response.writeHead(status, all);
    await (isHead ? endWithout(response, body) : stream(response, body));
  } else {
    if (!WITHOUT_BODY.has(status)) all['content-length'] = String(body === null ? 0 : Buffer.byteLength(body));
    response.writeHead(status, all);
    response.end(isHead || body === null ? undefined : body);
  }
  // Discards the body that the handler stopped reading, so that the connection can serve further requests.
  if (!request.complete) request.resume();
}

async function endWithout(response: ServerResponse, body: ReadableStream): Promise<void> {
  response.end();
  await body.cancel();
}

async function stream(response: ServerResponse, body: ReadableStream<Uint8Array>): Promise<void> {
  try {
    await pipeline(piecesOf(body.getReader()), response);
  } catch (error) {
    if (!response.destroyed) throw error; // otherwise the client disconnected
  }
}

async function* piecesOf(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
