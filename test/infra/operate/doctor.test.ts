import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linesOf } from '../../../infra/operate/doctor/finding.ts';
import { stackState } from '../../../infra/operate/doctor/stack-state.ts';
import { type DoctorOptions, doctor } from '../../../infra/operate/doctor.ts';
import type { SettingsGiven } from '../../../infra/settings-file.ts';
import { WrongSettings } from '../../../infra/wrong-settings.ts';
import { type AwsAccount, awsAccount, STACK } from '../../support/aws-account.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const good = {
  organisation: 'Acme',
  administrator: 'ada@acme.io',
  mailFrom: 'pages@acme.io',
  alarmEmail: 'ops@acme.io',
};
const agent = 'npm/11.5.1 node/v24.6.0 linux x64 workspaces/false';

let account: AwsAccount;
const environment = { ...process.env };
beforeEach(async () => {
  account = await awsAccount();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: account.aws.address,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_MAX_ATTEMPTS: '1',
  });
  delete process.env.AWS_PROFILE;
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  await account.aws.stop();
});

type Asked = Partial<DoctorOptions> & { readonly context?: Record<string, unknown> };
const given = (values: Record<string, unknown>): SettingsGiven => ({
  values,
  source: {
    file: 'settings.json',
    isThere: true,
    names: [],
    origin: (name) => (name === 'trial' ? '-c' : 'settings.json'),
  },
});
const ask = ({ context = good, ...options }: Asked = {}) =>
  doctor({ stack: STACK, settings: () => given(context), agent, now: NOW, ...options });
const toldOf = async (options: Asked = {}) => (await ask(options)).flatMap(linesOf);
/** What is not well, each as its first line. */
const faults = async (options: Asked = {}) =>
  (await ask(options)).filter(({ state }) => state !== 'ok').map(({ state, what }) => `${state}: ${what}`);

describe('the doctor of an account where all is well', () => {
  test('has nothing to say against it, and asks only what it needs', async () => {
    expect(await faults()).toEqual([]);
    expect(new Set(account.aws.asked)).toEqual(
      new Set([
        'sts:GetCallerIdentity',
        'cloudformation:DescribeStacks',
        'cloudformation:ListStackResources',
        'ses:GetAccount',
        'ses:GetEmailIdentity',
        'lambda:GetAccountSettings',
        'lambda:GetFunctionConcurrency',
        'sns:ListSubscriptionsByTopic',
        'monitoring:GetMetricData',
        'sqs:GetQueueAttributes',
      ]),
    );
  });

  test('says so line by line, in words', async () => {
    const lines = await toldOf();
    expect(lines.every((line) => line.startsWith('ok '))).toBe(true);
    expect(lines.join('\n')).toContain('AWS account 123456789012 in eu-central-1, as arn:aws:iam::');
    expect(lines.join('\n')).toContain('The sender pages@acme.io is confirmed');
    expect(lines.join('\n')).toContain('ops@acme.io hears the alarms');
  });
});

describe('the doctor of a new account', () => {
  test('names the sandbox, the unconfirmed sender and alarms, and the quota, each with what to do', async () => {
    Object.assign(account.state, {
      production: false,
      verified: false,
      subscription: 'PendingConfirmation',
      concurrency: 10,
      signIns: 0,
    });
    expect(await faults()).toEqual([
      'warn: The account is in the SES sandbox: only confirmed addresses get pages, 200 mails a day.',
      'missing: The sender pages@acme.io is not confirmed (PENDING)',
      'missing: ops@acme.io has not confirmed that it wants the alarms',
      'warn: Nobody has signed in during the last 60 days',
      'warn: Lambda may run 10 functions at once in this account and region, 10 of them not reserved',
    ]);
    for (const { state, mend } of await ask()) expect(mend === undefined).toBe(state === 'ok');
  });

  test('that was not bootstrapped, and where nothing is deployed, says how to begin', async () => {
    Object.assign(account.state, { bootstrapped: false, stackStatus: undefined });
    const lines = await toldOf();
    expect(lines).toContain('MISSING  CDK bootstrap of this account and region');
    expect(lines).toContain('         → Run npx cdk bootstrap, once for each account and region.');
    expect(lines).toContain(`MISSING  The stack ${STACK} is not deployed here`);
    expect(lines.join('\n')).not.toContain('alarms');
  });
});

describe('the doctor of a system that is not well', () => {
  test.each([
    ['ROLLBACK_COMPLETE', true, true],
    ['ROLLBACK_COMPLETE', false, false],
    ['UPDATE_FAILED', true, false],
  ])(
    'says of a stack in %s how to turn off its protection where that must be: %s',
    (StackStatus, isOn, isSaid) => {
      const { mend } = stackState('Mine', {
        StackName: 'Mine',
        CreationTime: new Date(0),
        StackStatus: StackStatus as StackStatus,
        EnableTerminationProtection: isOn,
      });
      const command =
        'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name Mine';
      expect(mend?.includes(command)).toBe(isSaid);
    },
  );

  test.each([
    ['ROLLBACK_COMPLETE', 'npx cdk destroy'],
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback'],
    ['UPDATE_ROLLBACK_COMPLETE', 'the one before it runs'],
    ['UPDATE_IN_PROGRESS', 'Wait'],
    ['DELETE_FAILED', 'by hand'],
  ])('says what to do with a stack in %s', async (stackStatus, mend) => {
    Object.assign(account.state, { stackStatus });
    const [finding, ...others] = (await ask()).filter(({ state }) => state !== 'ok');
    expect(others).toEqual([]);
    expect(finding?.what).toContain(stackStatus);
    expect(finding?.mend).toContain(mend);
  });

  test('is told that it is paused, and how that ends', async () => {
    account.state.isPaused = true;
    expect(await faults()).toEqual([
      'missing: The system is paused: alerts are taken and wait, and nobody is paged',
    ]);
    expect((await toldOf()).join('\n')).toContain(`npm run pause -- off --stack ${STACK}`);
  });

  test('sees that it is silent, that letters are dead and that nobody hears', async () => {
    Object.assign(account.state, { sweeps: 0, canaries: 0, deadLetters: 3, subscription: undefined });
    expect(await faults()).toEqual([
      'missing: Nobody hears the alarms',
      'missing: The sweep, which drives overdue steps, did not show itself in the last 15 minutes',
      expect.stringMatching(/^missing: The canary, .* did not show itself/),
      'warn: 3 dead letters in StoresAlertsDeadLetters0A1B',
    ]);
    const told = (await toldOf({ region: 'eu-central-1' })).join('\n');
    expect(told).toContain('then read docs/operating.md#sweep-silent.');
    expect(told).toContain('then read docs/operating.md#canary-silent.');
    expect(told).toContain(
      `Read docs/operating.md#alerts-dead-letters, mend the cause, then: npm run redrive -- alerts --stack ${STACK} --region eu-central-1`,
    );
  });

  test('compares the setting of a restored table with the table that the stack works on', async () => {
    const restoredTable =
      'arn:aws:dynamodb:eu-central-1:123456789012:table/restored-1/stream/2026-11-24T02:00:00.000';
    const context = { ...good, restoredTable };
    expect(await faults({ context })).toEqual([
      'warn: The system works on the table of its stack, and restoredTable (settings.json) names another',
    ]);
    account.state.ownTable = false;
    expect(await faults({ context })).toEqual([]);
    expect(await faults()).toEqual([
      'missing: The system works on a restored table, and the settings do not say so: the next deployment would give it an empty one',
    ]);
  });

  test('sees that sending is paused, under review, or nearly used up', async () => {
    Object.assign(account.state, { sending: false, sent: 45_000 });
    expect(await faults()).toEqual([
      'missing: Sending e-mail is paused for this account',
      'warn: 45000 of 50000 mails of the last 24 hours are used up',
    ]);
    Object.assign(account.state, { sending: true, sent: 0, enforcement: 'PROBATION' });
    expect(await faults()).toEqual(['warn: Sending e-mail is under review by AWS: PROBATION']);
  });

  test('reads the settings too, all faults at once', async () => {
    const context = { ...good, administrator: 'admin@example.com', mailfrom: 'x' };
    expect(await faults({ context })).toEqual([
      expect.stringMatching(/^missing: The setting administrator: got "admin@example.com", an example that/),
      expect.stringMatching(/^missing: The setting mailfrom: no such setting/),
    ]);
  });

  test('says where each setting comes from', async () => {
    expect(await toldOf({ context: { ...good, trial: 'true' } })).toContain(
      'ok       The settings are complete (settings.json: organisation, administrator, mailFrom, alarmEmail; -c: trial): Acme, administrator ada@acme.io',
    );
  });

  test('sees that the settings are those of another stack', async () => {
    expect(await faults({ context: { ...good, stackName: 'Trial' } })).toEqual([
      'warn: The settings are of the stack Trial, and you ask about IncidentManagement',
    ]);
  });

  test('tells of a file of settings that is not JSON, and goes on', async () => {
    const settings = () => {
      throw new WrongSettings('settings.json cannot be read:', ['a comma']);
    };
    expect(await faults({ settings })).toEqual(['missing: settings.json cannot be read: a comma']);
  });

  test('reads what npm says of itself', async () => {
    expect(await faults({ agent: 'npm/9.1.0 node/v18.20.0 linux x64' })).toEqual([
      'missing: Node 18 and npm 9',
    ]);
  });
});

describe('the doctor who may not ask everything', () => {
  test('says which permission is lacking and goes on with the rest', async () => {
    account.aws.deny('ses:GetAccount', 'lambda:GetAccountSettings', 'sqs:GetQueueAttributes');
    const findings = (await ask()).filter(({ state }) => state !== 'ok');
    expect(findings).toEqual([
      {
        state: 'warn',
        what: 'E-mail of the account: not known',
        mend: 'Your credentials may not ask for it: give them ses:GetAccount.',
      },
      {
        state: 'warn',
        what: 'Dead letters: not known',
        mend: 'Your credentials may not ask for it: give them sqs:GetQueueAttributes.',
      },
      {
        state: 'warn',
        what: 'Lambda concurrency: not known',
        mend: 'Your credentials may not ask for it: give them lambda:GetAccountSettings.',
      },
    ]);
  });

  test('and who is nobody says how to sign in, and asks nothing more', async () => {
    account.aws.deny('sts:GetCallerIdentity');
    const [last] = (await ask()).slice(-1);
    expect(last).toMatchObject({ state: 'missing', mend: expect.stringContaining('aws sso login') });
    expect(account.aws.asked).toEqual(['sts:GetCallerIdentity']);
  });
});

describe('the doctor of this machine', () => {
  test('says how to start a system when none runs here, and how to ask about AWS', async () => {
    const told = await toldOf({ stack: undefined, data: '/nowhere/at-all' });
    expect(told.join('\n')).toMatch(
      /MISSING {2}No system runs on \/nowhere\/at-all\. Start one with npm start/,
    );
    expect(told.join('\n')).toContain('npm run doctor -- --stack IncidentManagement');
    expect(account.aws.asked).toEqual([]);
  });
});
