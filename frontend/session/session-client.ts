import { type SigninSilentArgs, type User, UserManager } from 'oidc-client-ts';

/** The OpenID Connect client of one page: it renews once at a time, and never again after the session has ended. */
export class SessionClient extends UserManager {
  #hasEnded = false;
  #renewal: Promise<User | null> | undefined;

  /** Whether somebody signed out or was refused. Signing in leads to another page, with a client of its own. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The client renews by itself when a token expires, and so does each call that was refused: all wait for the same renewal. */
  override signinSilent(args?: SigninSilentArgs): Promise<User | null> {
    if (this.#hasEnded) return Promise.resolve(null);
    this.#renewal ??= super.signinSilent(args).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** Refuses the result of a renewal that was under way when the session ended. */
  override async storeUser(user: User | null): Promise<void> {
    if (user !== null && this.#hasEnded) throw new Error('The session has ended.');
    await super.storeUser(user);
  }

  override async removeUser(): Promise<void> {
    this.#hasEnded = true;
    await super.removeUser();
  }
}
