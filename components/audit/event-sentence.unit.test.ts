import { expect, test } from 'vitest';
import { activitySentence } from '@/app/profile/_components/activity-sentence';
import type { AuditEvent } from '@/lib/audit/model';
import { PASSKEY_REFUSALS } from '@/lib/credential/model';
import { eventSentence } from './event-sentence';

const event = (type: AuditEvent['type'], reason: string) => ({ type, details: { reason } }) as unknown as AuditEvent;

test('says why a passkey was refused, in different words for each reason', () => {
  for (const locale of ['en', 'de'] as const) {
    const sentences = PASSKEY_REFUSALS.map((reason) => eventSentence(event('passkey.refused', reason), 'Ada', locale));
    expect(new Set(sentences).size).toBe(PASSKEY_REFUSALS.length);
    for (const reason of PASSKEY_REFUSALS) expect(sentences.join()).not.toContain(reason);
  }
  expect(eventSentence(event('sign_in.refused', 'wrong_origin'), 'Ada', 'en')).toMatch(
    /: passkey used on another website$/,
  );
  expect(activitySentence(event('passkey.refused', 'framed'), 'de')).toContain('abgelehnt: Passkey auf einer Seite');
});

test('adds nothing for other reasons', () => {
  expect(activitySentence(event('sign_in.refused', 'code_wrong'), 'en')).toBe('Sign-in attempt failed');
});
