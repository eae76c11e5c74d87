import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { eksAllowed } from '../../../functions/runbooks/eks-allowed.ts';
import { env } from '../../../shared/wiring/index.ts';

beforeAll(() => {
  vi.stubEnv(env.runbookClusters, 'eu-central-1/a us-east-1/b');
  vi.stubEnv(env.allowedEndpoints, 'https://kube.example.com:8443');
});
afterAll(() => vi.unstubAllEnvs());

it.each([
  ['https://0123.gr7.eu-central-1.eks.amazonaws.com', true],
  ['https://0123.gr7.eu-central-1.eks.amazonaws.com:443', true],
  ['https://0123.gr7.cn-north-1.eks.amazonaws.com.cn', true],
  ['https://eks.amazonaws.com', false],
  ['https://0123.gr7.eu-central-1.eks.amazonaws.com.attacker.example', false],
  ['https://0123.eks.amazonaws.com.', false],
  ['https://attacker.example', false],
  ['https://attacker-eks.amazonaws.com', false],
  ['http://0123.gr7.eu-central-1.eks.amazonaws.com', false],
  ['https://kube.example.com:8443', true],
  ['https://kube.example.com', false],
])('our role is shown to an endpoint of EKS, or one that the deployment allows: %s is %s', (endpoint, is) => {
  expect(eksAllowed().isTrusted(endpoint)).toBe(is);
});

it('the clusters are those of the setting', () => {
  expect(eksAllowed().clusters).toEqual(['eu-central-1/a', 'us-east-1/b']);
});
