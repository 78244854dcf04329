import { createHmac, randomBytes } from 'node:crypto';

/** Secrets and signatures of Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks, "Signature scheme"). */
const PREFIX = 'whsec_';

/** 256 random bits. */
export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(32).toString('base64')}`;
}

/** `v1,` and the HMAC-SHA-256 of ID, time (Unix seconds) and body. */
export function signMessage(secret: string, { id, time, body }: { id: string; time: number; body: string }): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')}`;
}

/** The headers of a message: one signature for each secret, so that a receiver may know either during a rotation. */
export function messageHeaders(
  secrets: readonly string[],
  { id, sentAt, body }: { id: string; sentAt: Date; body: string },
): Record<string, string> {
  const time = Math.floor(sentAt.getTime() / 1000);
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(time),
    'webhook-signature': secrets.map((secret) => signMessage(secret, { id, time, body })).join(' '),
  };
}
