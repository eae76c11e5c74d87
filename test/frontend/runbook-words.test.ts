import { describe, expect, it } from 'vitest';
import { bodyOf, emptyCluster, wishOf } from '../../frontend/runbooks/cluster-wish.ts';
import { successText } from '../../frontend/runbooks/success-text.ts';
import { clusterFields, measured, type RunOutcome } from '../../shared/runbooks/index.ts';
import { clusters } from './runbook-sample.ts';

const runs = (succeeded: number, failed: number, cancelled = 0): string =>
  successText(
    measured([
      ...Array.from({ length: succeeded }, (): RunOutcome => 'succeeded'),
      ...Array.from({ length: failed }, (): RunOutcome => 'failed'),
      ...Array.from({ length: cancelled }, (): RunOutcome => 'cancelled'),
    ]),
  );

describe('how runs went, in words', () => {
  it('is a share only where there are enough of them', () => {
    expect(runs(0, 0)).toBe('no run has ended yet');
    expect(runs(0, 0, 2)).toBe('no run came to its end yet');
    expect(runs(1, 0)).toBe('1 of 1 run succeeded, too few to tell');
    expect(runs(3, 1, 5)).toBe('3 of 4 runs succeeded, too few to tell');
    expect(runs(4, 1)).toBe('80 % of 5 runs succeeded');
    expect(runs(0, 6)).toBe('0 % of 6 runs succeeded');
  });
});

describe('a cluster as it is written in the form', () => {
  it('is sent as the API takes it', () => {
    const written = {
      ...emptyCluster,
      ...{ name: 'blue', endpoint: ' https://k8s.example.com:6443// ', namespaces: 'web,  default ,' },
      token: ' canary-token ',
    };
    expect(clusterFields.parse(bodyOf(written))).toEqual({
      ...{ endpoint: 'https://k8s.example.com:6443', namespaces: ['web', 'default'], privateEndpoint: false },
      verbs: ['get', 'describe', 'logs', 'rollout status'],
      auth: { kind: 'token', token: 'canary-token' },
    });
  });

  it('that is changed keeps all it was, and the token that nobody can read', () => {
    const [production, workshop] = clusters;
    expect(bodyOf(wishOf(structuredClone(workshop) as never))).toMatchObject({
      ...{ endpoint: workshop.endpoint, ca: workshop.ca, privateEndpoint: true, namespaces: ['*'] },
      auth: { kind: 'token' },
    });
    const body = bodyOf(wishOf(structuredClone(production) as never));
    expect(clusterFields.parse(body)).toMatchObject({ auth: production.auth, verbs: production.verbs });
  });
});
