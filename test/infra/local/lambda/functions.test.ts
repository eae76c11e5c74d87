import { afterAll, describe, expect, test } from 'vitest';
import type { InvocationResult } from '../../../../infra/local/resource.ts';
import { oddFunctions } from '../../../support/sample-stack/odd-function.ts';

const { functions, clock, define, failed, logs } = oddFunctions();
define('Odd', { timeout: 400, environment: { COLOUR: 'red', AWS_REGION: 'eu-west-1' } });
define('Other');
afterAll(() => functions.stop());

const odd = (event: object) => functions.invoke('Odd', event);
const payload = (result: InvocationResult) =>
  (result.ok ? result.payload : expect.fail(result.errorMessage)) as Record<string, unknown>;

describe('a function', () => {
  test('is found by logical id, name and ARN, and no other name', async () => {
    for (const name of ['Odd', 'stack-Odd', 'arn:aws:lambda:us-east-1:000000000000:function:stack-Odd']) {
      expect(await functions.invoke(name, {})).toEqual({ ok: true, payload: null });
    }
    await expect(functions.invoke('Nobody', {})).rejects.toThrow('Nobody');
  });

  test('gets its event as JSON: what has no value does not arrive', async () => {
    const { event } = payload(await odd({ do: 'echo', gone: undefined, at: new Date(0) }));
    expect(event).toEqual({ do: 'echo', at: '1970-01-01T00:00:00.000Z' });
  });

  test('keeps its environment warm, and has the rest of its time in the context', async () => {
    const first = payload(await odd({ do: 'echo' }));
    const second = payload(await odd({ do: 'echo' }));
    expect(second.invocations).toBe(Number(first.invocations) + 1);
    expect(first.requestId).not.toBe(second.requestId);
    expect(second.remaining).toSatisfy((left: number) => left > 0 && left <= 400);
  });

  test('has its own environment variables, and none of the runner', async () => {
    process.env.RUNNERS_OWN = 'secret';
    const variables = payload(await odd({ do: 'environment' }));
    expect(variables).toMatchObject({
      COLOUR: 'red',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'local-Odd-1',
      AWS_LAMBDA_FUNCTION_NAME: 'stack-Odd',
      _HANDLER: 'odd.handler',
    });
    expect(variables).not.toHaveProperty('RUNNERS_OWN');
    expect(variables).not.toHaveProperty('PATH');
    expect(variables).not.toHaveProperty('NODE_COMPILE_CACHE');
  });

  test('reads the clock of the runner, also for a new Date', async () => {
    clock.move(7 * 86_400_000);
    // A date as text has whole seconds.
    const before = Math.floor(clock.now() / 1_000) * 1_000;
    const told = payload(await odd({ do: 'now' })) as {
      now: number;
      fresh: string;
      text: string;
      isDate: boolean;
    };
    for (const instant of [told.now, Date.parse(told.fresh), Date.parse(told.text)]) {
      expect(instant).toSatisfy((one: number) => before <= one && one <= clock.now());
    }
    expect(told.isDate).toBe(true);
  });

  test('that throws fails with the type, the message and the place, and stays warm', async () => {
    const before = payload(await odd({ do: 'echo' }));
    const result = await odd({ do: 'throw' });
    expect(result).toMatchObject({ ok: false, errorType: 'TypeError', errorMessage: 'odd' });
    expect(result.ok === false && result.trace?.join('\n')).toContain('odd.mjs');
    expect(payload(await odd({ do: 'echo' })).invocations).toBe(Number(before.invocations) + 2);
  });

  test('whose error the caller foresaw is no fault, and any other error is', async () => {
    failed.splice(0);
    await functions.invoke('Odd', { do: 'throw' }, 'odd');
    await functions.invoke('Odd', { do: 'throw' }, 'even');
    await functions.invoke('Odd', { do: 'throw' });
    expect(failed).toEqual([
      ['odd', true],
      ['odd', false],
      ['odd', false],
    ]);
  });

  test.each(['hang', 'spin'])(
    'that does not end (%s) is stopped at its time-out, and the next event finds a new one',
    async (how) => {
      const order: string[] = [];
      const almost = new Promise((resolve) => setTimeout(resolve, 390)).then(() => order.push('almost'));
      const result = await odd({ do: how });
      order.push('stopped');
      expect(result).toMatchObject({ ok: false, errorType: 'Sandbox.Timedout' });
      expect(result.ok === false && result.errorMessage).toMatch(/Task timed out after 0.40 seconds/);
      await almost;
      expect(order).toEqual(['almost', 'stopped']);
      expect(payload(await odd({ do: 'echo' })).invocations).toBe(1);
    },
  );

  test('that exits fails alone, and the next event finds a new environment', async () => {
    expect(await odd({ do: 'exit' })).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
    expect(payload(await odd({ do: 'echo' })).invocations).toBe(1);
  });

  test('logs what it writes, also its last words before it answers', async () => {
    await functions.invoke('Other', { do: 'log', text: 'last words' });
    expect(logs).toContain('Other: last words\n');
  });

  test('answers at most 6 MB and is asked at most 6 MB', async () => {
    expect(await functions.invoke('Other', { do: 'large', size: 6_291_554 })).toMatchObject({ ok: true });
    const answer = await functions.invoke('Other', { do: 'large', size: 6_291_555 });
    expect(answer).toMatchObject({ ok: false, errorType: 'Function.ResponseSizeTooLarge' });
    const question = await functions.invoke('Other', { text: 'ü'.repeat(3_200_000) });
    expect(question).toMatchObject({ ok: false, errorType: 'RequestEntityTooLargeException' });
  });

  test('that takes too much memory fails alone', async () => {
    expect(await functions.invoke('Other', { do: 'grow' })).toMatchObject({
      ok: false,
      errorType: 'Runtime.OutOfMemory',
    });
    expect(await functions.invoke('Other', {})).toMatchObject({ ok: true });
  });
});
