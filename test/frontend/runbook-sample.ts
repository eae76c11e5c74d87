import { idOf, toText } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { seedRunbook } from '../support/seed-runbook.ts';
import { open } from './sample.ts';
import type { Answered, Call } from './stub-api.ts';

const ada = { kind: 'person', id: 'per_ada', name: 'Ada Lovelace' } as const;
const grace = { kind: 'person', id: 'per_grace', name: 'Grace Hopper' } as const;
const at = (minutes: number) => toText(Date.now() - minutes * 60_000);
const [first] = open;

/** The run of the samples. */
export const runId = idOf('run', 1, 'sample');

export const runbook = runbooksApi.get.answer.parse({
  ...seedRunbook,
  revision: 3,
  savedBy: ada,
  measured: { runs: 8, succeeded: 6, failed: 1, cancelled: 1, successRate: 0.857 },
  test: [{ name: 'All goes well', expect: { outcome: 'succeeded' } }],
});

const row = {
  measured: runbook.measured,
  lastRun: { id: runId, startedAt: at(4) },
  ...{ id: runbook.id, title: runbook.title, description: runbook.description, category: runbook.category },
  ...{ tags: runbook.tags, version: '1.0', revision: 3, updatedAt: at(60), savedBy: ada, steps: 3 },
};

const sends = [
  'PATCH https://k8s.example.com:6443/apis/apps/v1/namespaces/default/deployments/api-service?fieldManager=kubectl-rollout (application/strategic-merge-patch+json)\n{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-28T03:00:00.000Z"}}}}}',
];

const base = { needsApproval: false, mayRepeat: true, attempt: 1 } as const;

const over = [
  {
    ...{ ...base, id: 'verify-health', title: 'Verify Service Health', kind: 'http', status: 'succeeded' },
    ...{
      command: 'http:GET|/health',
      output: '{"status":"degraded","pods":{"ready":1,"wanted":3}}',
      answers: [],
    },
  },
  {
    ...{ ...base, id: 'drain-connections', title: 'Drain Active Connections', kind: 'kubectl' },
    ...{
      status: 'failed',
      reason: 'the cluster answered 404: services "api-service" not found',
      answers: [],
    },
  },
];

const asks = (mine: boolean) => ({
  ...{ ...base, id: 'restart-service', title: 'Restart Service', kind: 'kubectl', status: 'waiting' },
  ...{ description: 'Restart the API service pods', needsApproval: true, mayRepeat: false, attempt: 0 },
  ...{ waitsFor: 'approval', until: toText(Date.now() + 3_000_000), sends },
  ...(mine
    ? { answers: ['refuse', 'skip'], needsAnother: true }
    : { answers: ['approve', 'refuse', 'skip'] }),
});

const toCome = {
  ...{ ...base, id: 'verify', title: 'Verify that it is rolled out', kind: 'kubectl', status: 'pending' },
  ...{ attempt: 0, answers: [] },
};

/** A run that waits for an approval; `mine` for whoever started it. */
export const waitingRun = (mine: boolean) =>
  runbooksApi['get-run'].answer.parse({
    ...{ id: runId, runbook: runbook.id, title: runbook.title, revision: 3, state: 'waiting' },
    ...{ incident: first?.id, startedBy: grace, startedAt: at(4), version: 7, selfApproval: false },
    reason: 'Checkout is down since the deploy',
    steps: [...over, asks(mine), toCome],
  });

const summary = () => {
  const { steps: _, version: __, selfApproval: ___, ...rest } = waitingRun(false);
  return rest;
};

const dry = {
  dryRun: true,
  steps: [
    {
      ...{
        id: 'verify-health',
        title: 'Verify Service Health',
        description: '',
        kind: 'http',
        needsApproval: false,
      },
      ...{ mayRepeat: true, sends: ['GET https://api.example.com/health'] },
    },
    {
      ...{ id: 'drain-connections', title: 'Drain Active Connections', description: '', kind: 'kubectl' },
      ...{
        needsApproval: false,
        mayRepeat: false,
        refused: "the cluster 'production' does not allow kubectl patch",
      },
    },
    {
      ...{
        id: 'restart-service',
        title: 'Restart Service',
        description: '',
        kind: 'kubectl',
        needsApproval: true,
      },
      ...{ mayRepeat: false, sends },
    },
  ],
};

const tested = {
  passed: false,
  cases: [
    { name: 'All goes well', passed: true, differences: [], steps: [], outcome: 'succeeded' },
    {
      ...{ name: 'The health check fails', passed: false, steps: [], outcome: 'failed' },
      differences: ['outcome: expected succeeded, got failed'],
    },
  ],
};
const reasons = [
  "Its pattern 'api.*down' occurs in the title",
  'Its condition holds: severity == "P1_CRITICAL"',
];

const rows = [
  row,
  {
    ...{ ...row, id: 'drain-a-node', title: 'Drain a node', description: '', tags: [], steps: 1 },
    measured: { runs: 3, succeeded: 2, failed: 1, cancelled: 0, successRate: 0.667 },
    lastRun: { id: runId, startedAt: at(3_000), outcome: 'failed' },
  },
  {
    ...{ ...row, id: 'failover', title: 'Fail over the database', description: '', tags: [], steps: 7 },
    ...{ measured: { runs: 0, succeeded: 0, failed: 0, cancelled: 0 }, lastRun: undefined },
  },
];
const removed = { removed: { at: at(30), by: grace } };

/** The clusters of the samples: one that was reached, and one that was not. */
export const clusters = [
  {
    ...{ name: 'production', endpoint: 'https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com' },
    ...{ verbs: ['get', 'logs', 'rollout status', 'rollout restart'], namespaces: ['default', 'web'] },
    ...{ privateEndpoint: false, updatedAt: at(600), updatedBy: 'per_ada' },
    auth: { kind: 'eks', cluster: 'production', region: 'eu-central-1' },
    tested: { state: 'reached', at: at(5), says: 'Kubernetes v1.34.1 answers and takes our credentials.' },
  },
  {
    ...{ name: 'workshop', endpoint: 'https://10.20.0.4:6443', ca: '-----BEGIN CERTIFICATE-----' },
    ...{ verbs: ['get'], namespaces: ['*'], privateEndpoint: true, updatedAt: at(60), updatedBy: 'per_ada' },
    auth: { kind: 'token' },
    tested: {
      ...{ state: 'failed', at: at(1) },
      says: 'It answers, but does not take our credentials (401): the token is wrong or was taken back.',
    },
  },
] as const;

/** Answers about runbooks and their runs. */
export function runbooks({ path, body, query, method }: Call): Answered | undefined {
  if (path === '/api/runbooks' && query.removed === 'true')
    return { body: { items: [{ ...row, ...removed, id: 'old', title: 'Restart the old API' }] } };
  if (path === '/api/runbooks') return { body: { items: rows } };
  if (path === '/api/runbooks/clusters') return { body: { items: clusters } };
  if (path.startsWith('/api/runbooks/clusters/')) return { body: clusters[0] };
  if (path === '/api/runbooks/old') return { body: { ...runbook, id: 'old', ...removed } };
  if (method === 'DELETE' && path === `/api/runbooks/${runbook.id}`)
    return { body: { ...runbook, ...removed, goingOn: [] } };
  if (path.endsWith('/execute') && (body as { dryRun?: boolean }).dryRun) return { body: dry };
  if (path.endsWith('/execute')) return { status: 201, body: waitingRun(true) };
  if (path.endsWith('/test')) return { body: tested };
  if (path.endsWith('/versions'))
    return { body: { items: [{ revision: 3, version: '1.0', savedAt: at(60), savedBy: ada }] } };
  if (path === `/api/runbooks/${runbook.id}`) return { body: runbook };
  if (path === '/api/runs') return { body: { items: [summary()] } };
  if (path.startsWith('/api/runs/')) return { body: waitingRun(false) };
  return path.endsWith('/runbooks') ? { body: { items: [{ ...row, score: 1_030, reasons }] } } : undefined;
}
