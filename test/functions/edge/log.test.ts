import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logFault } from '../../../functions/edge/errors.ts';
import { log } from '../../../functions/edge/log.ts';
import { env, faultsMetric, logsNamespace } from '../../../shared/wiring/index.ts';

const out = vi.spyOn(process.stdout, 'write');
const err = vi.spyOn(process.stderr, 'write');

beforeEach(() => {
  vi.stubEnv(env.systemName, 'Shop');
  for (const stream of [out, err]) stream.mockReset().mockReturnValue(true);
});
afterEach(() => {
  for (const stream of [out, err]) stream.mockReset();
  vi.unstubAllEnvs();
});

/** What was written to standard output, of which each write is one line. */
const lines = () => out.mock.calls.map(([line]) => String(line));
const parsed = () => lines().map((line) => JSON.parse(line) as Record<string, unknown>);

const embedded = {
  Timestamp: expect.any(Number),
  CloudWatchMetrics: [
    {
      Namespace: logsNamespace('Shop'),
      Dimensions: [[]],
      Metrics: [{ Name: faultsMetric, Unit: 'Count' }],
    },
  ],
};

describe('a line about a fault', () => {
  it('counts itself, on standard output, beside the words that tell what happened and where', () => {
    logFault(new TypeError('no such thing'), 'queue message 1');
    const [line, ...others] = parsed();
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      level: 'ERROR',
      message: 'fault',
      service: 'incident-management',
      place: 'queue message 1',
      error: { name: 'TypeError', message: 'no such thing', stack: expect.any(String) },
      [faultsMetric]: 1,
    });
    expect(line?._aws).toEqual(embedded);
    expect(err).not.toHaveBeenCalled();
  });

  it('is counted at the time that it tells', () => {
    log.error('nobody can be paged', { org: 'org_1' });
    const [line] = parsed();
    expect(line).toMatchObject({ _aws: { Timestamp: Date.parse(String(line?.timestamp)) } });
  });

  it('is one line that counts one, whatever it is about', () => {
    const about = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('_aws', faultsMetric)), fc.jsonValue());
    fc.assert(
      fc.property(about, fc.string(), (attributes, message) => {
        out.mockClear();
        log.error(message, attributes);
        const [written = '', ...others] = lines();
        expect(others).toEqual([]);
        expect(written.indexOf('\n')).toBe(written.length - 1);
        expect(JSON.parse(written)).toMatchObject({ level: 'ERROR', [faultsMetric]: 1, _aws: embedded });
      }),
    );
  });

  it('is written also where nobody told the name of the system, as for a command by hand', () => {
    vi.stubEnv(env.systemName, '');
    log.error('fault');
    const [line] = parsed();
    expect(line).toMatchObject({ level: 'ERROR', message: 'fault' });
    expect(line).not.toHaveProperty('_aws');
  });
});

describe('every other line', () => {
  it('counts nothing', () => {
    log.info('page', { outcome: 'sent' });
    log.warn('late');
    expect(parsed()).toMatchObject([
      { level: 'INFO', message: 'page', outcome: 'sent', service: 'incident-management' },
      { level: 'WARN', message: 'late' },
    ]);
    for (const line of lines()) expect(line).not.toMatch(new RegExp(`_aws|${faultsMetric}`));
  });
});
