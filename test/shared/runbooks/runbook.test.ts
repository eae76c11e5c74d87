import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import {
  baseFor,
  type Cluster,
  clusterFields,
  dryRun,
  measured,
  measuredIn,
  type Run,
  type RunOutcome,
  runbookSchema,
  runbookSettings,
  type Surroundings,
  type Tally,
  tallied,
  tryRunbook,
} from '../../../shared/runbooks/index.ts';
import { triggered } from '../../support/given.ts';
import { seedRunbook } from '../../support/seed-runbook.ts';
import { runbookOf, step } from './runs.ts';

const faultsOf = (runbook: unknown): readonly string[] => {
  const { error } = runbookSchema.safeParse(runbook);
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('a runbook', () => {
  it('of the first description is taken as it stands, and comes back as it was', () => {
    const parsed = runbookSchema.parse(JSON.parse(JSON.stringify(seedRunbook)));
    expect(parsed).toEqual({ ...seedRunbook, selfApproval: false, test: [] });
  });

  it.each([
    [[step('a'), step('a')], /there twice/],
    [[step('a', 'http:GET|/{{steps.b.output}}'), step('b')], /No step 'b' comes before/],
    [[step('a', 'http:POST|/x', { retries: 1 })], /tried again only where/],
    [[step('a', undefined, { retries: 1 })], /Only a command/],
    [[step('a', 'kubectl:kubectl delete pod x')], /cannot be done here/],
    [[], /expected array to have >=1/i],
  ])('is refused with the place and the reason %#', (steps, why) => {
    const faults = faultsOf({
      id: 'x',
      title: 'x',
      steps: steps.map((one, order) => ({ ...(one as object), order })),
    });
    expect(faults.join('\n')).toMatch(why);
  });

  it('takes any value, and gives a runbook or reasons', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(faultsOf(value)).not.toEqual([]);
      }),
    );
  });
});

describe('the test block', () => {
  const runbook = (test: readonly object[]) =>
    runbookOf(
      [
        step('look', 'http:GET|/health', { retries: 1 }),
        step('restart', 'kubectl:kubectl rollout restart deployment/api', { automatable: false }),
        step('by-hand'),
      ],
      { triggers: { alertPatterns: ['api.*down'], conditions: [] }, test },
    );

  it('passes where the steps and the outcome are those that are expected', () => {
    const tried = tryRunbook(
      runbook([
        { name: 'all goes well', expect: { steps: ['look', 'restart', 'by-hand'], outcome: 'succeeded' } },
        {
          name: 'unhealthy',
          given: { steps: { look: { outcome: 'failed' } } },
          expect: { steps: ['look'], outcome: 'failed' },
        },
        {
          name: 'refused',
          given: { steps: { restart: { outcome: 'refused' } } },
          expect: { outcome: 'cancelled' },
        },
        {
          name: 'unknown',
          given: { steps: { restart: { outcome: 'unknown' } } },
          expect: { outcome: 'waiting' },
        },
        { name: 'fits', given: { incident: { title: 'API is down' } }, expect: { matches: true } },
      ]),
    );
    expect(tried.flatMap(({ differences }) => differences)).toEqual([]);
  });

  it('tells what differs', () => {
    const [tried] = tryRunbook(
      runbook([{ name: 'wrong', expect: { steps: ['look'], outcome: 'failed', matches: true } }]),
    );
    expect(tried).toMatchObject({ passed: false });
    expect(tried?.differences).toEqual([
      'steps: expected look, got look, restart, by-hand',
      'outcome: expected failed, got succeeded',
      'matches: expected true, got false',
    ]);
  });
});

describe('a dry run', () => {
  const cluster: Cluster = {
    ...clusterFields
      .omit({ auth: true })
      .parse({ endpoint: 'https://k8s.example.com', namespaces: ['default'] }),
    ...{ name: 'production', auth: { kind: 'token', version: '1' }, updatedAt: 0, updatedBy: 'ada' },
  };
  const around: Surroundings = {
    base: 'https://api.example.com',
    clusters: [cluster],
    functions: ['restart-*'],
    documents: [],
  };
  const steps = [
    step('look', 'http:GET|/health?incident={{incident.name}}'),
    step('restart', 'kubectl:kubectl rollout restart deployment/api'),
    step('call', 'lambda:restart-cache|{"of":"{{incident.service}}"}'),
    step('document', 'ssm:AWS-Stop'),
    step('after', 'http:GET|/x/{{steps.look.output}}'),
  ];
  const shown = dryRun(runbookOf(steps), triggered({ service: 'cache' }), around, 0);

  it('shows exactly what each step would send, or why it would not', () => {
    expect(shown[0]?.sends?.[0]).toMatch(/^GET https:\/\/api\.example\.com\/health\?incident=INC-\d+$/);
    expect(shown[1]?.refused).toContain("'production' does not allow kubectl rollout restart");
    const gone = { ...around, refused: new Map([['production', 'our role is not shown there']]) };
    expect(dryRun(runbookOf(steps), undefined, gone, 0)[1]?.refused).toBe('our role is not shown there');
    const closed = { ...around, addressFault: (url: string) => `${url} is closed` };
    expect(dryRun(runbookOf(steps), triggered({}), closed, 0)[0]?.refused).toMatch(/health.* is closed$/);
    expect(shown[2]?.sends?.[0]).toContain('Invoke the function restart-cache');
    expect(shown[3]?.refused).toContain('runbookDocuments');
    expect(shown[4]).toMatchObject({ needs: ['steps.look.output'] });
  });
});

describe('what runs showed', () => {
  it('leaves out what people ended', () => {
    expect(measured([])).toEqual({ runs: 0, succeeded: 0, failed: 0, cancelled: 0 });
    expect(measured(['succeeded', 'succeeded', 'failed', 'cancelled'])).toMatchObject({
      ...{ runs: 4, successRate: 0.667 },
    });
  });

  it('is tallied by the runs that begin and end, each once, and never grows', () => {
    const run = (id: string, startedAt: number, outcome?: RunOutcome): Run =>
      ({ id: idOf('run', 0, id), startedAt, ...(outcome && { outcome }) }) as Run;
    const begun = tallied(undefined, undefined, run('a', 1));
    expect(begun).toEqual({ outcomes: '', last: { id: idOf('run', 0, 'a'), startedAt: 1 } });
    const ended = tallied(begun, run('a', 1), run('a', 1, 'failed'));
    expect(ended).toMatchObject({ outcomes: 'F', last: { outcome: 'failed' } });
    expect(tallied(ended, run('a', 1, 'failed'), run('a', 1, 'failed'))).toBeUndefined();
    expect(tallied(ended, run('a', 1), run('a', 1))).toBeUndefined();
    // One that began before the last one does not become the last by its end.
    const two = tallied(ended, undefined, run('b', 2));
    expect(tallied(two, run('c', 1), run('c', 1, 'succeeded'))).toMatchObject({
      ...{ outcomes: 'FS', last: { startedAt: 2 } },
    });
    const outcomes = fc.array(fc.constantFrom<RunOutcome>('succeeded', 'failed', 'cancelled'), {
      maxLength: 150,
    });
    fc.assert(
      fc.property(outcomes, (all) => {
        const last = all.reduce<Tally | undefined>(
          (tally, outcome, i) => tallied(tally, run(String(i), i), run(String(i), i, outcome)),
          undefined,
        );
        expect(measuredIn(last)).toEqual(measured(all.slice(-100)));
      }),
    );
  });
});

describe('the base address', () => {
  const settings = runbookSettings.parse({
    baseUrl: 'https://all.example.com',
    services: { api: { baseUrl: 'https://api.example.com' } },
  });

  it('is that of the runbook, of the service, or of the organisation', () => {
    expect(baseFor({ baseUrl: 'https://own.example.com' }, settings, 'api')).toBe('https://own.example.com');
    expect(baseFor({}, settings, 'api')).toBe('https://api.example.com');
    expect(baseFor({}, settings, 'constructor')).toBe('https://all.example.com');
    expect(baseFor({}, runbookSettings.parse({}), undefined)).toBeUndefined();
  });
});
