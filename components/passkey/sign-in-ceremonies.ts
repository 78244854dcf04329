import { abortCeremony, authenticateWithPasskey, type PasskeyRequestOptions, supportsAutofill } from './authenticate';
import type { Begin, CeremonyFailure, Finish } from './ceremony';

type Ports<Output> = {
  begin: Begin<PasskeyRequestOptions>;
  finish: Finish<Output>;
  onSignedIn: (value: Output) => void;
  /** Null clears the previous failure. */
  onFailure: (failure: CeremonyFailure | null) => void;
  onPending: (isPending: boolean) => void;
};

/** A challenge expires after five minutes: a pending autofill ceremony gets a new one before that. */
const RENEW_MILLIS = 4 * 60 * 1000;
const QUICK_MILLIS = 1000;
const MAX_QUICK_FAILURES = 3;

/**
 * The two ceremonies of a sign-in page. Autofill offers passkeys in the email field while the page is open; the button
 * starts a modal ceremony. A browser runs one ceremony at a time, so they take turns: starting one aborts the other,
 * and an aborted one reports and starts nothing. After the button's ceremony fails, autofill starts again.
 */
export class SignInCeremonies<Output> {
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: Ports<Output>) {}

  /** Offers passkeys among the suggestions of the email field, if the browser can. Resolves when the ceremony ends. */
  async startAutofill(quickFailures = 0): Promise<void> {
    const turn = this.startTurn();
    if (!(await supportsAutofill().catch(() => false)) || turn !== this.turn) return;
    const startedAt = Date.now();
    this.timer = setTimeout(() => this.renew(turn), RENEW_MILLIS);
    let hasResponded = false;
    const result = await authenticateWithPasskey(
      () => this.beginInTurn(turn),
      (response) => {
        hasResponded = true;
        clearTimeout(this.timer);
        this.ports.onPending(true);
        return this.ports.finish(response);
      },
      { isAutofill: true },
    );
    if (turn !== this.turn) return;
    if (result.ok) return this.ports.onSignedIn(result.value);
    this.ports.onPending(false);
    // Failures are shown only after the person has picked a passkey.
    if (hasResponded) this.ports.onFailure(result.error);
    // An authenticator that responds without interaction and is refused would repeat endlessly and exhaust the rate
    // limit of its address.
    const isQuick = hasResponded || Date.now() - startedAt < QUICK_MILLIS;
    const isFinal = !hasResponded && result.error.code !== 'ceremony_cancelled';
    if (!isFinal && quickFailures < MAX_QUICK_FAILURES) return this.startAutofill(isQuick ? quickFailures + 1 : 0);
    // The server may be unreachable for now: the timer retries.
    if (result.error.code === 'passkeys_unsupported' || result.error.code === 'aborted') clearTimeout(this.timer);
  }

  /** Starts the modal ceremony. */
  async startModal(): Promise<void> {
    const turn = this.startTurn();
    abortCeremony();
    this.ports.onFailure(null);
    this.ports.onPending(true);
    const result = await authenticateWithPasskey(this.ports.begin, this.ports.finish);
    if (turn !== this.turn) return;
    if (result.ok) return this.ports.onSignedIn(result.value);
    this.ports.onPending(false);
    if (result.error.code !== 'aborted') this.ports.onFailure(result.error);
    return this.startAutofill();
  }

  /** The page unmounts. */
  stop(): void {
    this.startTurn();
    abortCeremony();
  }

  private startTurn(): number {
    clearTimeout(this.timer);
    this.turn += 1;
    return this.turn;
  }

  /** A late server response must not start an aborted ceremony: it would abort the running one. */
  private async beginInTurn(turn: number) {
    const begun = await this.ports.begin();
    if (turn !== this.turn) throw new Error('Superseded by another ceremony');
    return begun;
  }

  /** Restarts autofill; in a hidden page, once it becomes visible. */
  private renew(turn: number): void {
    if (turn !== this.turn) return;
    if (document.visibilityState === 'hidden') {
      document.addEventListener('visibilitychange', () => this.renew(turn), { once: true });
      return;
    }
    abortCeremony();
    void this.startAutofill();
  }
}
