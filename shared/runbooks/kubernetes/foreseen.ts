import type { Instant } from '../../kernel/index.ts';
import type { KubectlCall } from '../kubectl.ts';
import {
  cordonRequest,
  eventsRequest,
  type KubeRequest,
  logRequest,
  ownPath,
  patchRequest,
  patchTypes,
  readOwn,
  restartRequest,
  scaleRequest,
  tableRequest,
} from './requests.ts';

/** The requests that a command leads to, as far as they do not depend on answers; what does is told in words. */
export function foreseen(call: KubectlCall, now: Instant): readonly (KubeRequest | string)[] {
  switch (call.verb) {
    case 'get':
      return [tableRequest(call)];
    case 'describe':
      return [readOwn(call), eventsRequest(call)];
    case 'logs':
      return call.resource.kind === 'Pod'
        ? [logRequest(call, call.name ?? '')]
        : [readOwn(call), 'GET its pods by their labels', 'GET the log of the first of them'];
    case 'rollout status':
      return [readOwn(call)];
    case 'rollout restart':
      return [restartRequest(call, now)];
    case 'rollout undo':
      return [
        readOwn(call),
        'GET its replica sets by their labels',
        `PATCH ${ownPath(call)} (${patchTypes.json}) with the template of revision ${call.flags.get('to-revision') ?? 'before the present one'}`,
      ];
    case 'scale':
      return call.flags.has('current-replicas')
        ? [{ method: 'GET', path: `${ownPath(call)}/scale` }, scaleRequest(call)]
        : [scaleRequest(call)];
    case 'cordon':
    case 'uncordon':
      return [cordonRequest(call)];
    case 'patch':
      return [
        patchRequest(call, {
          type: (call.flags.get('type') ?? 'strategic') as keyof typeof patchTypes,
          body: call.flags.get('patch') ?? '',
          manager: 'kubectl-patch',
        }),
      ];
  }
}

/** A request in one line, the body in a second. */
export function requestText(request: KubeRequest | string, endpoint: string): string {
  if (typeof request === 'string') return request;
  const { method, path, contentType, body } = request;
  const head = `${method} ${endpoint}${path}${contentType === undefined ? '' : ` (${contentType})`}`;
  return body === undefined ? head : `${head}\n${body}`;
}
