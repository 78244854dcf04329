/** How SIGNET_SECRET goes with the database. */
export type SecretState =
  /** It is the one that the check value was made with. */
  | { kind: 'fits' }
  /** There is no check value so far, and nothing that it does not decrypt. */
  | { kind: 'unclaimed' }
  /** It is not the one that the check value was made with. */
  | { kind: 'differs' }
  /** There is no check value so far, and it does not decrypt this many of what is stored. */
  | { kind: 'unreadable'; unreadable: number; stored: number };

const ADVICE =
  'Restore the previous value; it belongs to every backup (.env). If it is lost, see `npm run -s signet -- secret adopt --help`.';

/** What is wrong, as a fault of the settings, or null. */
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
