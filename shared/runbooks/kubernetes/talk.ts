import type { Instant } from '../../kernel/index.ts';
import type { KubectlCall } from '../kubectl.ts';
import { isRefused } from '../parsed.ts';
import type { EffectResult } from '../run-commands.ts';
import { faultIn, type KubeObject, kubeEvents, kubeList, kubeObject, kubeTable, read } from './objects.ts';
import {
  cordonRequest,
  eventsRequest,
  type KubeRequest,
  listOf,
  logRequest,
  ownPath,
  patchRequest,
  type patchTypes,
  readOwn,
  restartRequest,
  scaleRequest,
  tableRequest,
} from './requests.ts';
import { rolloutOf } from './rollout.ts';
import { describedText, tableText } from './text.ts';
import { selectorOf, undoPatch } from './undo.ts';

/** An answer of the API of Kubernetes. */
export interface KubeAnswer {
  readonly status: number;
  readonly body: string;
}

/** A talk with the API: it yields a request, gets its answer, and ends with what became of the command. */
export type KubeTalk = Generator<KubeRequest, EffectResult, KubeAnswer>;

type Asking<Value> = Generator<KubeRequest, Value, KubeAnswer>;

/** What the API answered, where that is a fault. */
class KubeFault extends Error {
  override readonly name = 'KubeFault';
  /** Whether it says nothing about what was asked for, and passes. */
  readonly isPassing: boolean;

  constructor(message: string, status = 200) {
    super(message);
    this.isPassing = status === 429 || status >= 500;
  }
}

/** Carries out a command of kubectl. At most one of its requests changes something, and that is the last. */
export function* kubeTalk(call: KubectlCall, now: Instant): KubeTalk {
  try {
    return yield* talk(call, now);
  } catch (error) {
    if (!(error instanceof KubeFault)) throw error;
    const isBlind = call.verb === 'rollout status' && error.isPassing;
    return { is: isBlind ? 'unknown' : 'failed', reason: error.message };
  }
}

function talk(call: KubectlCall, now: Instant): KubeTalk {
  switch (call.verb) {
    case 'get':
      return get(call);
    case 'describe':
      return describe(call);
    case 'logs':
      return logs(call);
    case 'rollout status':
      return rolloutStatus(call);
    case 'rollout restart':
      return change(restartRequest(call, now), `${nameOf(call)} restarted`);
    case 'rollout undo':
      return undo(call);
    case 'scale':
      return scale(call);
    case 'cordon':
    case 'uncordon':
      return change(cordonRequest(call), `${nameOf(call)} ${call.verb}ed`);
    case 'patch': {
      const type = (call.flags.get('type') ?? 'strategic') as keyof typeof patchTypes;
      const body = call.flags.get('patch') ?? '';
      return change(patchRequest(call, { type, body, manager: 'kubectl-patch' }), `${nameOf(call)} patched`);
    }
  }
}

const nameOf = ({ resource, name }: KubectlCall): string => `${resource.kind.toLowerCase()}/${name}`;

function* ask(request: KubeRequest): Asking<string> {
  const { status, body } = yield request;
  if (status < 200 || status > 299) throw new KubeFault(faultIn(status, body), status);
  return body;
}

function* object(request: KubeRequest): Asking<KubeObject> {
  const parsed = read(kubeObject, yield* ask(request));
  if (isRefused(parsed)) throw new KubeFault(parsed.refused);
  return parsed.value;
}

/** A request that changes something. After a fault of the cluster's own nobody knows whether it did. */
function* change(request: KubeRequest, output: string): KubeTalk {
  const { status, body } = yield request;
  if (status >= 200 && status < 300) return { is: 'succeeded', output };
  return { is: status >= 500 ? 'unknown' : 'failed', reason: faultIn(status, body) };
}

function* get(call: KubectlCall): KubeTalk {
  const parsed = read(kubeTable, yield* ask(tableRequest(call)));
  if (isRefused(parsed)) return { is: 'failed', reason: parsed.refused };
  return { is: 'succeeded', output: tableText(parsed.value) };
}

function* describe(call: KubectlCall): KubeTalk {
  const found = yield* object(readOwn(call));
  const events = read(kubeEvents, yield* ask(eventsRequest(call)));
  return { is: 'succeeded', output: describedText(found, isRefused(events) ? { items: [] } : events.value) };
}

function* logs(call: KubectlCall): KubeTalk {
  const pod = call.resource.kind === 'Pod' ? call.name : yield* podOf(call);
  if (pod === undefined) return { is: 'failed', reason: `${nameOf(call)} has no pod` };
  return { is: 'succeeded', output: yield* ask(logRequest(call, pod)) };
}

/** The first pod of a workload, as kubectl takes it. */
function* podOf(call: KubectlCall): Asking<string | undefined> {
  const selector = selectorOf(yield* object(readOwn(call)));
  if (selector === undefined) return undefined;
  const pods = read(kubeList, yield* ask(listOf('pod', call.namespace, selector)));
  return isRefused(pods) ? undefined : pods.value.items.map(({ metadata }) => metadata.name).sort()[0];
}

function* rolloutStatus(call: KubectlCall): KubeTalk {
  const { is, text } = rolloutOf(call.resource.kind, yield* object(readOwn(call)));
  if (is === 'failed') return { is, reason: text };
  return is === 'done'
    ? { is: 'succeeded', output: text }
    : { is: 'pending', output: text, token: 'rollout' };
}

function* undo(call: KubectlCall): KubeTalk {
  const deployment = yield* object(readOwn(call));
  const selector = selectorOf(deployment);
  if (selector === undefined) return { is: 'failed', reason: `${nameOf(call)} has no plain selector` };
  const sets = read(kubeList, yield* ask(listOf('replicaset', call.namespace, selector)));
  if (isRefused(sets)) return { is: 'failed', reason: sets.refused };
  const wanted = call.flags.get('to-revision');
  const undone = undoPatch(deployment, sets.value.items, wanted === undefined ? undefined : Number(wanted));
  if (isRefused(undone)) return { is: 'failed', reason: undone.refused };
  const { revision, patch } = undone.value;
  const request = patchRequest(call, { type: 'json', body: patch, manager: 'kubectl-rollout' });
  return yield* change(request, `${nameOf(call)} rolled back to revision ${revision}`);
}

function* scale(call: KubectlCall): KubeTalk {
  const expected = call.flags.get('current-replicas');
  const output = `${nameOf(call)} scaled to ${call.flags.get('replicas')}`;
  if (expected === undefined) return yield* change(scaleRequest(call), output);
  const { spec, metadata } = yield* object({ method: 'GET', path: `${ownPath(call)}/scale` });
  if (spec.replicas !== Number(expected))
    return { is: 'failed', reason: `${nameOf(call)} has ${String(spec.replicas)} replicas, not ${expected}` };
  return yield* change(scaleRequest(call, metadata.resourceVersion), output);
}
