import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { eksFault, isSamePlace } from '../../../shared/runbooks/index.ts';

const ours = idOf('organisation', 0, 'ours');
const theirs = idOf('organisation', 0, 'theirs');
const eks = { kind: 'eks', cluster: 'production', region: 'eu-central-1' } as const;
const endpoint = 'https://0123.gr7.eu-central-1.eks.amazonaws.com';
const fault = (org: typeof ours, clusters: readonly string[], { isTrusted = true, auth = eks } = {}) =>
  eksFault(org, { endpoint, auth }, { clusters, isTrusted: () => isTrusted });

describe('the role that all organisations share is shown', () => {
  it('to a cluster that the deployment names, for all or for one organisation', () => {
    expect(fault(ours, ['eu-central-1/production'])).toBeUndefined();
    expect(fault(ours, [`${ours}/eu-central-1/production`])).toBeUndefined();
    expect(fault(theirs, [`${ours}/eu-central-1/production`])).toMatchObject({
      path: 'auth.cluster',
      message: expect.stringMatching(
        /^The EKS cluster 'eu-central-1\/production' is not allowed .* runbookClusters/,
      ),
    });
  });

  it('to no other cluster', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('eu-central-1/staging', 'us-east-1/production', '')),
        (clusters) => {
          expect(fault(ours, clusters)?.path).toBe('auth.cluster');
        },
      ),
    );
  });

  it('at no address but those that are trusted', () => {
    expect(fault(ours, ['eu-central-1/production'], { isTrusted: false })).toMatchObject({
      ...{ path: 'endpoint', message: expect.stringContaining('.eks.amazonaws.com') },
    });
  });

  it('never where a cluster knows us by a token of its own', () => {
    const own = { endpoint: 'https://k8s.example.com', auth: { kind: 'token' } } as const;
    expect(eksFault(ours, own, { clusters: [], isTrusted: () => false })).toBeUndefined();
  });
});

describe('the token of a cluster', () => {
  const place = { endpoint, ca: 'pem', privateEndpoint: false };

  it('is kept by a change that leaves the cluster where it is, and by no other', () => {
    expect(isSamePlace(place, { ...place })).toBe(true);
    for (const more of [
      { endpoint: 'https://elsewhere.example.com' },
      { ca: 'other' },
      { ca: undefined },
      { privateEndpoint: true },
    ])
      expect(isSamePlace(place, { ...place, ...more }), JSON.stringify(more)).toBe(false);
  });
});
