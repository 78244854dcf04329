import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { messageHeaders, newWebhookSecret, signMessage } from './secret';

test('signs as the reference library of Standard Webhooks does', () => {
  // Vector of libraries/javascript/src/webhook.test.ts, "sign function works".
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', time: 1_614_265_330, body: '{"test": 2432232314}' };
  const signature = signMessage('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', message);
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('a secret has 256 random bits in base64 after whsec_', () => {
  const secret = newWebhookSecret();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(newWebhookSecret()).not.toBe(secret);
});

test('each secret adds a signature, separated by spaces', () => {
  const [one, two] = [newWebhookSecret(), newWebhookSecret()];
  const message = { id: 'a', sentAt: new Date(1_614_265_330_999), body: '{}' };
  const time = 1_614_265_330;
  expect(messageHeaders([one, two], message)).toEqual({
    'content-type': 'application/json',
    'webhook-id': 'a',
    'webhook-timestamp': String(time),
    'webhook-signature': `${signMessage(one, { id: 'a', time, body: '{}' })} ${signMessage(two, { id: 'a', time, body: '{}' })}`,
  });
});

test('the documented receiver accepts what is sent, and nothing else', async () => {
  const text = readFileSync(path.join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');
  const folder = mkdtempSync(path.join(tmpdir(), 'signet-'));
  const file = path.join(folder, 'receiver.mjs');
  writeFileSync(file, /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? '');
  const { isAuthentic } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  rmSync(folder, { recursive: true });
  const [secret, old] = [newWebhookSecret(), newWebhookSecret()];
  const body = '{"type":"identity.created","name":"Jürgen"}';
  const headers = messageHeaders([secret, old], { id: '1', sentAt: new Date(), body });
  for (const known of [secret, old]) expect(isAuthentic(known, headers, Buffer.from(body))).toBe(true);
  expect(isAuthentic(newWebhookSecret(), headers, body)).toBe(false);
  expect(isAuthentic(secret, headers, `${body} `)).toBe(false);
  expect(isAuthentic(secret, { ...headers, 'webhook-id': '2' }, body)).toBe(false);
  expect(isAuthentic(secret, {}, body)).toBe(false);
  const late = messageHeaders([secret], { id: '1', sentAt: new Date(Date.now() - 600_000), body });
  expect(isAuthentic(secret, late, body)).toBe(false);
});
