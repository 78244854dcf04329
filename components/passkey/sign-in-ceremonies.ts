import {
  abortCeremony,
  type Begin,
  type CeremonyFailure,
  type Finish,
  provePasskey,
  type RequestOptions,
  supportsAutofill,
} from './ceremony';

type Ports<Output> = {
  begin: Begin<RequestOptions>;
  finish: Finish<Output>;
  onSignedIn: (value: Output) => void;
  /** Null takes back what was said before. */
  onFailure: (failure: CeremonyFailure | null) => void;
  onPending: (isPending: boolean) => void;
};

/** A challenge is good for five minutes: an offer that waits gets a new one before that. */
const RENEW_MILLIS = 4 * 60 * 1000;
const QUICK_MILLIS = 1000;
const MAX_QUICK_FAILURES = 3;

/**
 * The two ceremonies of a sign-in page. Autofill offers passkeys in the e-mail field as long as the page is open; the button
 * asks outright. A browser runs one ceremony at a time, so they take turns: whoever takes the next turn ends the one before,
 * and whoever's turn is over says and starts nothing any more. After the button's ceremony failed, autofill offers again.
 */
export class SignInCeremonies<Output> {
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: Ports<Output>) {}

  /** Lets the browser offer passkeys among the suggestions of the e-mail field, if it can. Resolves when that is over. */
  async offer(quickFailures = 0): Promise<void> {
    const turn = this.takeTurn();
    if (!(await supportsAutofill().catch(() => false)) || turn !== this.turn) return;
    const startedAt = Date.now();
    this.timer = setTimeout(() => this.renew(turn), RENEW_MILLIS);
    let isAnswered = false;
    const result = await provePasskey(
      () => this.beginInTurn(turn),
      (response) => {
        isAnswered = true;
        clearTimeout(this.timer);
        this.ports.onPending(true);
        return this.ports.finish(response);
      },
      { isAutofill: true },
    );
    if (turn !== this.turn) return;
    if (result.ok) return this.ports.onSignedIn(result.value);
    this.ports.onPending(false);
    // Until somebody picked a passkey nobody asked for anything, so there is nothing to tell them.
    if (isAnswered) this.ports.onFailure(result.error);
    // What answers by itself, and is refused, would do so without end, and use up what its address may ask for.
    const isQuick = isAnswered || Date.now() - startedAt < QUICK_MILLIS;
    const isFinal = !isAnswered && result.error.code !== 'ceremony_cancelled';
    if (!isFinal && quickFailures < MAX_QUICK_FAILURES) return this.offer(isQuick ? quickFailures + 1 : 0);
    // A server out of reach may be back later: the timer tries again.
    if (result.error.code === 'passkeys_unsupported' || result.error.code === 'aborted') clearTimeout(this.timer);
  }

  /** Asks for a passkey outright. */
  async ask(): Promise<void> {
    const turn = this.takeTurn();
    abortCeremony();
    this.ports.onFailure(null);
    this.ports.onPending(true);
    const result = await provePasskey(this.ports.begin, this.ports.finish);
    if (turn !== this.turn) return;
    if (result.ok) return this.ports.onSignedIn(result.value);
    this.ports.onPending(false);
    if (result.error.code !== 'aborted') this.ports.onFailure(result.error);
    return this.offer();
  }

  /** The page goes away. */
  stop(): void {
    this.takeTurn();
    abortCeremony();
  }

  private takeTurn(): number {
    clearTimeout(this.timer);
    this.turn += 1;
    return this.turn;
  }

  /** What the server answers to a ceremony whose turn is over must not start it: it would end the one that runs. */
  private async beginInTurn(turn: number) {
    const begun = await this.ports.begin();
    if (turn !== this.turn) throw new Error('Another ceremony has begun');
    return begun;
  }

  /** Begins the offer anew; in a page that nobody looks at, when somebody does. */
  private renew(turn: number): void {
    if (turn !== this.turn) return;
    if (document.visibilityState === 'hidden') {
      document.addEventListener('visibilitychange', () => this.renew(turn), { once: true });
      return;
    }
    abortCeremony();
    void this.offer();
  }
}
