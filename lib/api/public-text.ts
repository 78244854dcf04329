import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { processWide } from '@/lib/platform/process-wide';
import { contentHash } from '@/lib/platform/secret';
import { type Answer, type AnswerHeaders, empty } from '../http/answer';
import { acceptedCoding, type Coding } from '../http/coding';
import type { ApiRequest } from '../http/request';
import { isNotModified } from './etag';

/** Shorter texts fit into one packet anyway. */
const MIN_COMPRESSED_LENGTH = 1024;
const COMPRESS = { br: promisify(brotliCompress), gzip: promisify(gzip) } satisfies Record<Coding, unknown>;

/** A public document, the same for every client. Compressed once per coding, at first use. */
export class PublicText {
  readonly #hash: string;
  readonly #compressed = new Map<Coding, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(
    readonly text: string,
    private readonly mediaType: string,
  ) {
    this.#hash = contentHash(Buffer.from(text));
  }

  /** With a strong ETag per coding (RFC 9110 §8.8.1). */
  async answer(request: ApiRequest, headers: AnswerHeaders): Promise<Answer> {
    const isLong = this.text.length > MIN_COMPRESSED_LENGTH;
    const coding = isLong ? acceptedCoding(request.headers.get('accept-encoding') ?? '') : null;
    const etag = `"${this.#hash}${coding === null ? '' : `-${coding}`}"`;
    const all = { ...headers, etag, ...(isLong && { vary: 'Accept-Encoding' }) };
    if (isNotModified(request, etag)) return empty(304, all);
    const whole = { ...all, 'content-type': this.mediaType };
    if (coding === null) return { status: 200, headers: whole, body: this.text };
    const body = await this.#compress(coding);
    return { status: 200, headers: { ...whole, 'content-encoding': coding }, body };
  }

  #compress(coding: Coding): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#compressed.get(coding);
    if (known) return known;
    const made = COMPRESS[coding](Buffer.from(this.text)).then((bytes) => new Uint8Array(bytes));
    this.#compressed.set(coding, made);
    return made;
  }
}

/** Documents that depend only on version and origin, each created once per origin. */
export function textPerOrigin(
  name: string,
  mediaType: string,
  write: (origin: string) => string,
): (origin: string) => PublicText {
  const made = processWide(`text.${name}`, () => new BoundedCache<PublicText>(50));
  return (origin) => {
    const known = made.get(origin);
    if (known) return known;
    const text = new PublicText(write(origin), mediaType);
    made.set(origin, text);
    return text;
  };
}

export const JSON_TEXT = 'application/json';
