import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../infra/config.ts';
import { contextOfProject } from './synthesized.ts';

const good = { organisation: 'Example', administrator: 'ada@example.com', mailFrom: 'incidents@example.com' };

describe('the settings of a deployment', () => {
  test('are read from the context, with trial off and no e-mail for alarms unless given', () => {
    expect(parseSettings(good)).toEqual({ ...good, trial: false });
    expect(parseSettings({ ...good, trial: true, alarmEmail: 'ops@example.com' })).toEqual({
      ...good,
      trial: true,
      alarmEmail: 'ops@example.com',
    });
  });

  test('may come from the command line, where everything is text', () => {
    expect(parseSettings({ ...good, trial: 'true' }).trial).toBe(true);
    expect(parseSettings({ ...good, trial: 'false' }).trial).toBe(false);
  });

  test('are complete in the cdk.json of the project', () => {
    expect(parseSettings(contextOfProject()).trial).toBe(false);
  });

  test('report every fault at once, with what was got and what is allowed', () => {
    const faulty = { organisation: '  ', administrator: 'ada', trial: 'maybe', mailfrom: 'x@example.com' };
    expect(() => parseSettings(faulty)).toThrow(
      new Error(
        [
          'Correct these settings in cdk.json under "context", or by -c name=value:',
          '  organisation: got "  ", allowed is the name of your organisation, 1 to 100 characters',
          '  administrator: got "ada", allowed is the e-mail address of the first administrator, such as ada@example.com',
          '  mailFrom: got nothing, allowed is the e-mail address that pages come from, such as incidents@example.com',
          '  trial: got "maybe", allowed is true or false; with true, `cdk destroy` leaves nothing behind; left out, it is false',
          '  mailfrom: no such setting; the settings are organisation, administrator, mailFrom, alarmEmail, trial',
        ].join('\n'),
      ),
    );
  });

  test("leave the CDK's own flags alone", () => {
    const flags = {
      '@aws-cdk/aws-iam:minimizePolicies': true,
      'aws:cdk:bundling-stacks': ['**'],
      'cli-telemetry': false,
    };
    expect(parseSettings({ ...good, ...flags })).toEqual({ ...good, trial: false });
  });

  test('are either parsed or refused by one error that names each wrong one', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), fc.emailAddress());
    const context = fc.record(
      { organisation: value, administrator: value, mailFrom: value, alarmEmail: value, trial: value },
      { requiredKeys: [] },
    );
    return fc.assert(
      fc.property(context, (some) => {
        const told = faultsOf(some);
        for (const name of ['administrator', 'mailFrom'] as const) {
          const right = typeof some[name] === 'string' && some[name].includes('@');
          if (!right) expect(told).toContain(`\n  ${name}: got `);
        }
        if (told === '') expect(parseSettings(some)).toMatchObject({ organisation: expect.any(String) });
      }),
    );
  });
});

function faultsOf(context: Record<string, unknown>): string {
  try {
    parseSettings(context);
    return '';
  } catch (error) {
    return String(error);
  }
}
