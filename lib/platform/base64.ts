/** base64 of bytes (RFC 4648 §4), in code that also runs in browsers. In chunks: function arguments are limited. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
