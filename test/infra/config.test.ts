import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../infra/config.ts';
import { isExampleAddress, localOnly } from '../../infra/placeholders.ts';
import { contextOfProject } from './synthesized.ts';

/** What is not said. */
const defaults = {
  ...{ stackName: 'IncidentManagement', monthlyBudget: 30, tracing: false, trial: false },
  allowedEndpoints: [],
  runbookFunctions: [],
  runbookDocuments: [],
  runbookClusters: [],
};
const good = { organisation: 'Acme', administrator: 'ada@acme.io', mailFrom: 'incidents@acme.io' };

describe('the settings of a deployment', () => {
  test('are read from the context, with trial off and no e-mail for alarms unless given', () => {
    expect(parseSettings(good)).toEqual({ ...good, ...defaults });
    expect(parseSettings({ ...good, trial: true, alarmEmail: 'ops@acme.io' })).toEqual({
      ...good,
      ...defaults,
      trial: true,
      alarmEmail: 'ops@acme.io',
    });
  });

  test('may come from the command line, where everything is text', () => {
    expect(parseSettings({ ...good, trial: 'true' }).trial).toBe(true);
    expect(parseSettings({ ...good, trial: 'false' }).trial).toBe(false);
    expect(parseSettings({ ...good, pagerConcurrency: '5' }).pagerConcurrency).toBe(5);
  });

  test('allow endpoints by their origins, in a list or separated by spaces', () => {
    const two = ['http://10.0.0.7:8080', 'https://gateway.internal.example.com'];
    expect(parseSettings({ ...good, allowedEndpoints: two }).allowedEndpoints).toEqual(two);
    expect(parseSettings({ ...good, allowedEndpoints: ` ${two.join(' ')} ` }).allowedEndpoints).toEqual(two);
    expect(parseSettings({ ...good, allowedEndpoints: '' }).allowedEndpoints).toEqual([]);
    for (const wrong of [
      '10.0.0.7',
      'https://a.example.com/',
      'https://u:p@a.example.com',
      'ftp://a',
      '*',
      7,
    ])
      expect(faultsOf({ ...good, allowedEndpoints: [wrong] })).toMatch(
        /\n {2}allowedEndpoints: got .*, allowed is a list of at most 50 origins, such as /,
      );
  });

  test('name a domain for mail in small letters, without anything around it', () => {
    expect(parseSettings({ ...good, inboundDomain: 'alerts.acme.io' }).inboundDomain).toBe('alerts.acme.io');
    for (const wrong of ['', 'acme', 'Alerts.acme.io', 'a@acme.io', '.acme.io', 'acme.io.', '*.acme.io', 7])
      expect(faultsOf({ ...good, inboundDomain: wrong })).toMatch(
        /\n {2}inboundDomain: got .*, allowed is a domain in small letters/,
      );
    expect(faultsOf({ ...good, inboundDomain: 'alerts.example.com' })).toContain(
      'an example that is good for',
    );
  });

  test('name a host for senders of alerts by a domain and a certificate of us-east-1, or neither', () => {
    const alertsDomain = 'alerts.acme.io';
    const alertsCertificate = `arn:aws:acm:us-east-1:123456789012:certificate/${'1a2b3c4d'.repeat(4)}`;
    const alertsHostedZone = 'Z0123456789ABCDEFGHIJ';
    const all = { alertsDomain, alertsCertificate, alertsHostedZone };
    expect(parseSettings({ ...good, ...all })).toMatchObject(all);
    expect(parseSettings({ ...good, alertsDomain, alertsCertificate })).toMatchObject({ alertsDomain });
    const elsewhere = alertsCertificate.replace('us-east-1', 'eu-central-1');
    expect(faultsOf({ ...good, ...all, alertsCertificate: elsewhere })).toContain(
      `\n  alertsCertificate: got "${elsewhere}", allowed is the ARN of a certificate for alertsDomain in us-east-1, the only region whose`,
    );
    for (const wrong of ['https://alerts.acme.io', 'Alerts.acme.io', '*.acme.io', 'acme'])
      expect(faultsOf({ ...good, ...all, alertsDomain: wrong })).toMatch(
        /\n {2}alertsDomain: got .*, allowed is a domain in small letters/,
      );
    for (const wrong of ['acme.io', '/hostedzone/Z0123456789ABCDEFGHIJ', 'z0123'])
      expect(faultsOf({ ...good, ...all, alertsHostedZone: wrong })).toMatch(
        /\n {2}alertsHostedZone: got .*, allowed is the id of a public hosted zone/,
      );
    expect(faultsOf({ ...good, ...all, alertsDomain: 'alerts.example.com' })).toContain(
      'alertsDomain: got "alerts.example.com", an example that is good for',
    );
  });

  test('say which of the settings of that host is missing beside another', () => {
    const alertsCertificate = `arn:aws:acm:us-east-1:123456789012:certificate/${'1a2b3c4d'.repeat(4)}`;
    const linesOf = (context: Record<string, unknown>) => faultsOf(context).split('\n').slice(1);
    expect(linesOf({ ...good, alertsDomain: 'alerts.acme.io' })).toEqual([
      expect.stringMatching(/^ {2}alertsCertificate: got nothing beside alertsDomain, allowed is the ARN of/),
    ]);
    expect(linesOf({ ...good, alertsCertificate })).toEqual([
      expect.stringMatching(
        /^ {2}alertsDomain: got nothing beside alertsCertificate, allowed is a domain in/,
      ),
    ]);
    expect(linesOf({ ...good, alertsHostedZone: 'Z0123' })).toEqual([
      expect.stringMatching(/^ {2}alertsDomain: got nothing beside alertsHostedZone, allowed is a domain in/),
    ]);
  });

  test('name EKS clusters by region and name, for all or for one organisation', () => {
    const named = ['eu-central-1/production', 'org_01JDXK3V8Q9Z6W2N4R7T5Y1HBM/us-gov-west-1/tools'];
    expect(parseSettings({ ...good, runbookClusters: named }).runbookClusters).toEqual(named);
    for (const wrong of ['production', '*', 'eu-central-1/*', 'acme/eu-central-1/production'])
      expect(faultsOf({ ...good, runbookClusters: [wrong] })).toMatch(
        /\n {2}runbookClusters: got .*, allowed is a list of at most 50 EKS clusters by region and name/,
      );
  });

  test('are complete in the examples of the project', () => {
    expect(parseSettings(contextOfProject()).trial).toBe(false);
  });

  test('report every fault at once, with what was got and what is allowed', () => {
    const faulty = {
      organisation: '  ',
      administrator: 'ada',
      pagerConcurrency: '1',
      trial: 'maybe',
      mailfrom: 'x@acme.io',
    };
    expect(faultsOf(faulty).split('\n')).toEqual([
      'WrongSettings: Correct these settings in settings.json, or give them by -c name=value:',
      '  organisation: got "  ", allowed is the name of your organisation, 1 to 100 characters',
      expect.stringMatching(
        /^ {2}administrator: got "ada", allowed is the e-mail address of the first admin/,
      ),
      expect.stringMatching(/^ {2}mailFrom: got nothing, allowed is the e-mail address that pages come from/),
      expect.stringMatching(/^ {2}pagerConcurrency: got "1", allowed is a whole number from 2 to 1000: /),
      expect.stringMatching(/^ {2}trial: got "maybe", allowed is true or false; .* left out, it is false$/),
      expect.stringMatching(
        /^ {2}mailfrom: no such setting; the settings are stackName, organisation, administrator, /,
      ),
    ]);
  });

  test('refuse a trial together with a restored table, beside other faults', () => {
    const restoredTable =
      'arn:aws:dynamodb:eu-central-1:123456789012:table/restored-1/stream/2026-11-24T02:00:00.000';
    const both = faultsOf({ ...good, restoredTable, trial: 'true', mailfrom: 'x' });
    expect(both).toMatch(/\n {2}trial: got true together with restoredTable, allowed is false: /);
    expect(both).toMatch(/\n {2}mailfrom: no such setting/);
    // Also when another setting cannot even be read.
    expect(faultsOf({ ...good, restoredTable, trial: true, administrator: 'ada' })).toContain(
      'trial: got true together with restoredTable',
    );
    expect(parseSettings({ ...good, restoredTable, trial: false })).toMatchObject({ restoredTable });
  });

  test('refuse the examples of the project, all of them at once, unless the template only runs here', () => {
    const examples = { ...contextOfProject(), [localOnly]: false };
    expect(faultsOf(examples).match(/^ {2}\w+: got ".+", an example that/gm)).toEqual([
      '  organisation: got "Example", an example that',
      '  administrator: got "admin@example.com", an example that',
      '  mailFrom: got "incidents@example.com", an example that',
      '  alarmEmail: got "operations@example.com", an example that',
    ]);
    expect(parseSettings({ ...examples, [localOnly]: true })).toMatchObject({ organisation: 'Example' });
  });

  test.each(['a@example', 'a@mail.example.org', 'a@TEST', 'a@x.invalid', 'a@localhost'])(
    'know %s for an example',
    (address) => {
      expect(isExampleAddress(address)).toBe(true);
      expect(isExampleAddress(`${address}.io`)).toBe(false);
    },
  );

  test.each(['1st', 'a_b', '', 'a'.repeat(129), 'Straße'])(
    'refuse %j for the name of a stack',
    (stackName) => {
      expect(faultsOf({ ...good, stackName })).toContain(
        `\n  stackName: got "${stackName}", allowed is the name`,
      );
    },
  );

  test("leave the CDK's own flags alone", () => {
    const flags = {
      '@aws-cdk/aws-iam:minimizePolicies': true,
      'aws:cdk:bundling-stacks': ['**'],
      'cli-telemetry': false,
    };
    expect(parseSettings({ ...good, ...flags })).toEqual({ ...good, ...defaults });
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
