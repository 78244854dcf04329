// JavaScript, because scripts/lib/settings.mjs needs it before anything is bundled.

/**
 * The only decoder of text files: UTF-8, without the byte order mark that some editors add (RFC 8259 §8.1 lets parsers
 * ignore it). Throws, naming the file, for UTF-16 and anything else.
 * @param {Uint8Array} bytes
 * @param {string} name
 * @returns {string}
 */
export function decodeUtf8(bytes, name) {
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  if (mark === 0xfeff || mark === 0xfffe) throw new Error(`${name} is UTF-16; save it as UTF-8`);
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${name} is not UTF-8; save it as UTF-8`, { cause });
  }
  if (text.includes('\0')) throw new Error(`${name} contains NUL, so it is UTF-16 or not text; save it as UTF-8`);
  return text;
}
