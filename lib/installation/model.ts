/** Whether SIGNET_SECRET matches the database. */
export type SecretState =
  /** The check value was created with it. */
  | { kind: 'fits' }
  /** No check value yet, and the secret decrypts everything stored. */
  | { kind: 'unclaimed' }
  /** The check value was created with another secret. */
  | { kind: 'differs' }
  /** No check value yet, and the secret does not decrypt `unreadable` of `stored` keys and mails. */
  | { kind: 'unreadable'; unreadable: number; stored: number };

const ADVICE =
  'Restore the previous value; it belongs to every backup (.env). If it is lost, see `npm run -s signet -- secret adopt --help`.';

/** The message for a settings error, or null if there is none. */
export function faultOf(state: SecretState): string | null {
  switch (state.kind) {
    case 'fits':
    case 'unclaimed':
      return null;
    case 'differs':
      return `SIGNET_SECRET is not the secret that this database is bound to. ${ADVICE}`;
    case 'unreadable':
      return `SIGNET_SECRET cannot decrypt ${state.unreadable} of ${state.stored} signing keys and queued mails in this database. ${ADVICE}`;
  }
}
