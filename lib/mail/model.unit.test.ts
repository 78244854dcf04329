import { describe, expect, test } from 'vitest';
import { mailboxOf, nextAttempt } from './model';

const QUEUED = new Date('2026-03-01T12:00:00.000Z');
const later = (seconds: number) => new Date(QUEUED.getTime() + seconds * 1000);

describe('nextAttempt', () => {
  const mail = { attempts: 8, createdAt: QUEUED };

  test('retries a mail for a day', () => {
    expect(nextAttempt(mail, null, later(10 * 3600), 0.5)).toEqual(later(12 * 3600));
    expect(nextAttempt(mail, null, later(22 * 3600 - 1), 0.5)).not.toBeNull();
    expect(nextAttempt(mail, null, later(22 * 3600), 0.5)).toBeNull();
  });

  test('does not retry a mail whose code would have expired by then', () => {
    const first = { attempts: 1, createdAt: QUEUED };
    expect(nextAttempt(first, later(600).getTime(), later(594), 0.5)).toEqual(later(599));
    expect(nextAttempt(first, later(600).getTime(), later(595), 0.5)).toBeNull();
  });
});

test.each([
  ['jane@example.com', 'jane@example.com'],
  ['jane+news@example.com', 'jane@example.com'],
  ['jane+a+b@example.com', 'jane@example.com'],
  ['jane+@example.com', 'jane@example.com'],
  ['j.a.n.e@example.com', 'j.a.n.e@example.com'],
  ['+jane@example.com', '+jane@example.com'],
  ['jane@a+b.example', 'jane@a+b.example'],
])('the mailbox of %s is %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox);
});
