import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/**
 * Sends a handler's answer as Next would, but with `Content-Length` where the whole body is known. Uncompressed, as Next
 * sends what route files answer: a compressing proxy is the operator's choice.
 */
export async function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Response,
): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie' || name === 'vary') response.appendHeader(name, value);
    else if (!response.hasHeader(name)) response.setHeader(name, value);
  }
  if (answer.body !== null && request.method !== 'HEAD') await sendBody(response, answer.body.getReader());
  else {
    await answer.body?.cancel();
    response.end();
  }
  // A body that its handler stopped reading: the connection serves further requests once it is read to its end.
  if (!request.complete) request.resume();
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** A body of one piece is sent with its length; more pieces are a stream. */
async function sendBody(response: ServerResponse, reader: Reader): Promise<void> {
  const first = await reader.read();
  const second = await reader.read();
  if (second.done) {
    const whole = first.value ?? new Uint8Array();
    response.setHeader('content-length', whole.byteLength);
    response.end(whole);
    return;
  }
  try {
    await pipeline(piecesOf(reader, [first.value, second.value]), response);
  } catch (error) {
    if (!response.destroyed) throw error; // otherwise the client disconnected
  }
}

async function* piecesOf(reader: Reader, read: Array<Uint8Array | undefined>) {
  try {
    for (const piece of read) if (piece) yield piece;
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
