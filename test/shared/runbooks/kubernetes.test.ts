import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EffectResult,
  isRefused,
  kubectlOf,
  kubeTalk,
  reachedBy,
  versionRequest,
} from '../../../shared/runbooks/index.ts';
import { foreseen, requestText } from '../../../shared/runbooks/kubernetes/foreseen.ts';
import { shellWords } from '../../../shared/runbooks/shell-words.ts';
import {
  answerTo,
  deploymentNamed,
  type KubeState,
  type KubeTold,
} from '../../support/vendors/kubernetes-api.ts';

const NOW = Date.parse('2026-11-28T03:00:00Z');
const callOf = (text: string) => {
  const words = shellWords(text);
  const call = isRefused(words) ? words : kubectlOf(words.value);
  if (isRefused(call)) throw new Error(call.refused);
  return call.value;
};
const fresh = (): KubeState => ({
  deployments: new Map([['api', deploymentNamed('api')]]),
  unschedulable: new Set(),
});

/** Carries a command out against the strict API of the fake cluster, without a network. */
function kubectl(text: string, state: KubeState = fresh(), planned: readonly KubeTold[] = []) {
  const left = [...planned];
  const asked: string[] = [];
  const talk = kubeTalk(callOf(text), NOW);
  let turn = talk.next();
  while (!turn.done) {
    const { method, path, accept = 'application/json', contentType, body = '' } = turn.value;
    asked.push(`${method} ${path}`);
    const headers = { accept, ...(contentType !== undefined && { 'content-type': contentType }) };
    const told = left.shift() ?? answerTo({ method, url: path, headers, body }, state);
    const text = typeof told.body === 'string' ? told.body : JSON.stringify(told.body);
    turn = talk.next({ status: told.status, body: text });
  }
  return { asked, result: turn.value as EffectResult, state };
}

describe('kubectl as requests to the API', () => {
  it('get prints the columns that the API makes', () => {
    const { result, asked } = kubectl('kubectl get pods -l app=api');
    expect(result).toEqual({ is: 'succeeded', output: 'NAME    READY\napi-a   1/1\napi-b   1/1' });
    expect(asked).toEqual(['GET /api/v1/namespaces/default/pods?labelSelector=app%3Dapi&limit=100']);
  });

  it('describe tells the object and its events', () => {
    const { result } = kubectl('kubectl describe deployment api');
    expect(result).toMatchObject({
      is: 'succeeded',
      output: expect.stringMatching(/Name: api[\s\S]*Scaled \(2x\): Scaled up/),
    });
  });

  it('[F51] describe shows no value of the environment of a container', () => {
    const env = [
      { name: 'DB_PASSWORD', value: 'canary' },
      { name: 'PLAIN', value: 'canary' },
      { name: 'FROM', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
    ];
    const spec = { template: { spec: { containers: [{ name: 'api', image: 'api:1', env }] } } };
    const told = { status: 200, body: { kind: 'Deployment', metadata: { name: 'api' }, spec, status: {} } };
    const { result } = kubectl('kubectl describe deployment api', fresh(), [told]);
    const output = 'output' in result ? result.output : '';
    expect(output).not.toContain('canary');
    expect(output).toContain('image: api:1');
    expect(output).toMatch(/name: DB_PASSWORD\n\s+value: \[not shown\]/);
    expect(output).toContain('key: password');
  });

  it('logs of a workload are those of its first pod', () => {
    const { result, asked } = kubectl('kubectl logs deployment/api --tail=5');
    expect(result).toMatchObject({ is: 'succeeded', output: expect.stringContaining('api-a is listening') });
    expect(asked.at(-1)).toBe('GET /api/v1/namespaces/default/pods/api-a/log?tailLines=5&limitBytes=65536');
  });

  it('rollout restart gives the template a new annotation, and status waits until that is rolled out', () => {
    const { result, state } = kubectl('kubectl rollout restart deployment/api');
    expect(result).toEqual({ is: 'succeeded', output: 'deployment/api restarted' });
    expect(state.deployments.get('api')?.template.metadata.annotations).toEqual({
      'kubectl.kubernetes.io/restartedAt': '2026-11-28T03:00:00.000Z',
    });
    const status = () => kubectl('kubectl rollout status deployment/api', state).result;
    expect([status(), status(), status()]).toMatchObject([
      { is: 'pending', output: 'Waiting: 1 of 3 new replicas have been updated' },
      { is: 'pending' },
      { is: 'succeeded', output: 'deployment "api" successfully rolled out' },
    ]);
  });

  it('rollout undo takes the template of the revision before, by way of the replica sets', () => {
    const { result, state, asked } = kubectl('kubectl rollout undo deployment/api');
    expect(result).toEqual({ is: 'succeeded', output: 'deployment/api rolled back to revision 1' });
    expect(state.deployments.get('api')?.template.spec.containers[0]?.image).toBe('api:1');
    expect(asked.map((one) => one.split(' ')[0])).toEqual(['GET', 'GET', 'PATCH']);
    expect(kubectl('kubectl rollout undo deployment/api --to-revision=9').result).toEqual({
      ...{ is: 'failed', reason: 'there is no revision 9 to go back to' },
    });
  });

  it('scale changes the subresource, and only from the number that is expected', () => {
    const { state } = kubectl('kubectl scale deployment/api --replicas=5');
    expect(state.deployments.get('api')?.replicas).toBe(5);
    const other = kubectl('kubectl scale deployment/api --replicas=1 --current-replicas=3', state);
    expect(other.result).toEqual({ is: 'failed', reason: 'deployment/api has 5 replicas, not 3' });
    expect(state.deployments.get('api')?.replicas).toBe(5);
  });

  it('cordon and uncordon change the node', () => {
    const { state } = kubectl('kubectl cordon node-1');
    expect([...state.unschedulable]).toEqual(['node-1']);
    kubectl('kubectl uncordon node/node-1', state);
    expect([...state.unschedulable]).toEqual([]);
  });

  it('a fault is told in the words of the cluster; of a change that it may have made, nobody knows', () => {
    expect(kubectl('kubectl get deployment/none').result).toEqual({
      ...{ is: 'failed', reason: 'the cluster answered 404: deployments.apps "none" not found' },
    });
    const timeout = { status: 504, body: { kind: 'Status', message: 'timed out' } };
    expect(kubectl('kubectl rollout restart deployment/api', fresh(), [timeout]).result).toEqual({
      ...{ is: 'unknown', reason: 'the cluster answered 504: timed out' },
    });
    expect(kubectl('kubectl get pods', fresh(), [{ status: 200, body: 'what?' }]).result.is).toBe('failed');
  });

  it('never asks for a change before its last request', () => {
    const all = [
      'rollout undo deployment/api',
      'scale deployment/api --replicas=1 --current-replicas=3',
      'cordon n',
      'logs deploy/api',
    ];
    for (const text of all) {
      const { asked } = kubectl(`kubectl ${text}`);
      expect(
        asked.slice(0, -1).every((one) => one.startsWith('GET')),
        text,
      ).toBe(true);
    }
  });

  it('is foreseen exactly, as far as it does not depend on answers', () => {
    const shown = foreseen(callOf('kubectl rollout restart deployment/api -n web'), NOW);
    expect(shown.map((one) => requestText(one, 'https://k8s.example.com'))).toEqual([
      'PATCH https://k8s.example.com/apis/apps/v1/namespaces/web/deployments/api?fieldManager=kubectl-rollout (application/strategic-merge-patch+json)\n' +
        '{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-28T03:00:00.000Z"}}}}}',
    ]);
  });
});

describe('a test of a connection', () => {
  const asked = (status: number, body: unknown) =>
    reachedBy({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });

  it('asks for the version alone, and says in words what the answer means', () => {
    const { method, path } = versionRequest;
    const told = answerTo({ method, url: path, headers: {}, body: '' }, fresh());
    expect(asked(told.status, told.body)).toEqual({
      ...{ isReached: true, says: 'Kubernetes v1.34.1 answers and takes our credentials.' },
    });
    expect(asked(401, {}).says).toContain('does not take our credentials');
    expect(asked(403, {}).says).toContain('does not let us read');
    expect(asked(302, '').says).toContain('answers there with 302');
  });

  it('takes nothing for a cluster that is none', () => {
    for (const body of ['<html>', 'null', '"v1"', { gitVersion: 7 }, { gitVersion: 'v1 <b>' }, ''])
      expect(asked(200, body)).toMatchObject({ isReached: false });
    fc.assert(fc.property(fc.string(), (body) => !asked(200, body).isReached));
  });
});
