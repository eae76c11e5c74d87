import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { type App, post, startApp } from '../support/app.ts';

/** How long an environment takes to start. */
const COLD = 3 * SECOND;

/** The shortest time that a sender of alerts waits for an answer: GitHub and Alertmanager give up after ten seconds. */
const PATIENCE = 10 * SECOND;

/** Environments that start, one after the other even where they would at once: so what passes is the longest that it can be. */
class ColdStarts {
  /** The functions that started, in order. */
  readonly started: string[] = [];
  private next = Promise.withResolvers<void>();
  /** Before the first look everything starts at once. */
  private isHolding = false;
  private readonly held: (() => void)[] = [];

  readonly starting = (id: string): Promise<void> | undefined => {
    if (!this.isHolding) return undefined;
    this.started.push(id.replace(/Function[0-9A-F]{8}$/, ''));
    const gate = Promise.withResolvers<void>();
    this.held.push(gate.resolve);
    this.next.resolve();
    return gate.promise;
  };

  /** What work came to, and for how long environments started meanwhile. */
  async during<Value>(
    work: () => Promise<Value>,
  ): Promise<{ readonly value: Value; readonly waited: number }> {
    this.isHolding = true;
    const state = { isDone: false };
    const value = work().finally(() => {
      state.isDone = true;
      this.next.resolve();
    });
    let waited = 0;
    while (!state.isDone) {
      for (const release of this.held.splice(0)) {
        waited += COLD;
        release();
      }
      await this.next.promise;
      this.next = Promise.withResolvers();
    }
    return { value: await value, waited };
  }
}

describe('[F29] functions whose environments take three seconds to start', { timeout: 90_000 }, () => {
  const cold = new ColdStarts();
  let app: App;
  beforeAll(async () => {
    app = await startApp({ starting: cold.starting });
  });
  afterAll(() => app.stop());

  it('keep no sender waiting for more than one of them, well before it gives up', async () => {
    const alert = { title: 'Queue of invoices grows', service: 'invoices', severity: 'P1' };
    const { value, waited } = await cold.during(() => post(app.addresses.webhooks.generic ?? '', alert));
    expect(value.status).toBe(202);
    expect(cold.started[0]).toBe('Receive');
    expect(waited).toBeLessThan(PATIENCE);
  });

  it('page all the same, within a minute, when nothing on the way was warm', async () => {
    const { waited } = await cold.during(() => app.system.idle());
    const [page] = await app.mailbox('ada@example.com');
    expect(page?.subject).toMatch(/^\[P1\] INC-\d+ Queue of invoices grows/);
    expect(cold.started).toEqual(expect.arrayContaining(['Detect', 'FanOut', 'Deliver']));
    expect(waited).toBeLessThan(MINUTE);
  });
});
